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
}

/// Applies the function in place.
public func activate(_ x: inout Matrix, _ activation: Activation) {
  let count = x.rows * x.columns
  switch activation {
  case .silu, .swish: unsafe mapLanes(x.base, count: count) { $0 / (1 + exponential(-$0)) }
  case .quickGelu: unsafe mapLanes(x.base, count: count) { $0 / (1 + exponential($0 * -1.702)) }
  case .geluNew, .geluTanh, .geluFast:
    // x/2 · (1 + tanh u) = x / (1 + exp(−2u))
    unsafe mapLanes(x.base, count: count) {
      $0 / (1 + exponential(($0 + $0 * $0 * $0 * 0.044715) * -1.595_769_1))
    }
  case .gelu:
    for index in 0..<count {
      unsafe x.base[index] = unsafe 0.5 * x.base[index] * (1 + erff(x.base[index] * 0.707_106_77))
    }
  case .relu: unsafe mapLanes(x.base, count: count) { $0.replacing(with: 0, where: $0 .< 0) }
  }
}

/// `x *= y`, number by number.
public func scale(_ x: inout Matrix, by y: borrowing Matrix) {
  precondition(x.rows == y.rows && x.columns == y.columns, "matching extents")
  for index in 0..<x.rows * x.columns { unsafe x.base[index] *= y.base[index] }
}

/// `x += y`, number by number.
public func add(_ y: borrowing Matrix, to x: inout Matrix) {
  precondition(x.rows == y.rows && x.columns == y.columns, "matching extents")
  for index in 0..<x.rows * x.columns { unsafe x.base[index] += y.base[index] }
}

/// `x *= factor`, number by number.
public func scale(_ x: inout Matrix, by factor: Float) {
  unsafe mapLanes(x.base, count: x.rows * x.columns) { $0 * factor }
}

/// Keeps numbers between `-cap` and `cap` without a corner: `x = cap · tanh(x / cap)`.
public func softCap(_ x: inout Matrix, _ cap: Float) {
  unsafe mapLanes(x.base, count: x.rows * x.columns) { softCapped($0, cap) }
}

@inline(__always)
func softCapped(_ x: Lanes, _ cap: Float) -> Lanes {
  // tanh u = 1 − 2 / (1 + exp 2u)
  cap - 2 * cap / (1 + exponential(x * (2 / cap)))
}
