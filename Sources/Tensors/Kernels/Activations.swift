import CKernels
import Glibc

/// The non-linear functions between two layers, by the names that configurations use.
public enum Activation: String, Sendable, CaseIterable {
  case silu
  case swish
  case gelu
  case geluNew = "gelu_new"
  case geluTanh = "gelu_pytorch_tanh"
  case geluFast = "gelu_fast"
  case quickGelu = "quick_gelu"
  case relu

  /// The function by its definition.
  public func naive(_ x: Double) -> Double {
    switch self {
    case .silu, .swish: x / (1 + exp(-x))
    case .gelu: 0.5 * x * (1 + erf(x / 2.0.squareRoot()))
    case .geluNew, .geluTanh, .geluFast:
      0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    case .quickGelu: x / (1 + exp(-1.702 * x))
    case .relu: max(0, x)
    }
  }

  var code: ck_function {
    switch self {
    case .silu, .swish: ck_silu
    case .gelu: ck_gelu
    case .geluNew, .geluTanh, .geluFast: ck_gelu_tanh
    case .quickGelu: ck_quick_gelu
    case .relu: ck_relu
    }
  }
}

/// `x += y`, number by number.
public func add(_ y: borrowing Matrix, to x: inout Matrix, on instructions: Instructions = .best) {
  precondition(x.rows == y.rows && x.columns == y.columns, "matching extents")
  nonisolated(unsafe) let (base, other) = unsafe (x.base, y.base)
  let columns = x.columns
  inBlocks(x.rows, of: columns) { rows in
    let start = rows.lowerBound * columns
    unsafe instructions.kernels.add(base + start, other + start, rows.count * columns)
  }
}

/// `x *= factor`, number by number.
public func scale(_ x: inout Matrix, by factor: Float) {
  unsafe Instructions.best.kernels.scale(x.base, factor, x.rows * x.columns)
}

/// Keeps numbers between `-cap` and `cap` without a corner: `x = cap · tanh(x / cap)`.
public func softCap(_ x: inout Matrix, _ cap: Float, on instructions: Instructions = .best) {
  unsafe instructions.kernels.cap(x.base, cap, x.rows * x.columns)
}
