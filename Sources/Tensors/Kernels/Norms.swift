import CKernels

/// What brings numbers to a common size: the root-mean-square norm or the layer norm, each scaled by weights.
public struct Norm: Sendable {
  public enum Kind: Sendable { case rootMeanSquare, layer }

  let kind: Kind
  let width: Int
  let weight: Tensor?
  let bias: Tensor?
  let epsilon: Float

  /// - Parameter width: how many numbers belong together.
  public init(_ kind: Kind, width: Int, weight: Tensor?, bias: Tensor? = nil, epsilon: Double) {
    precondition(weight.map { $0.shape == [width] } ?? true, "a weight for each number")
    precondition(bias.map { $0.shape == [width] } ?? true, "a bias for each number")
    self.kind = kind
    self.width = width
    self.weight = weight
    self.bias = bias
    self.epsilon = Float(epsilon)
  }
}

/// The norm of each row. h: (T, D)
public func normalise(
  _ x: borrowing Matrix, _ norm: Norm, _ h: inout Matrix, on instructions: Instructions = .best
) {
  precondition(norm.width == x.columns && h.columns == x.columns, "matching extents")
  h.rows = x.rows
  nonisolated(unsafe) let (source, target) = unsafe (x.base, UnsafeMutableRawPointer(h.base))
  inBlocks(x.rows, of: x.columns) { rows in
    unsafe norm.apply(source, target, rows, instructions)
  }
}

/// The norm of each row, as weights of a kind read it. h: (T, D)
public func normalise(
  _ x: borrowing Matrix, _ norm: Norm, _ h: inout Operand, for kind: WeightKind,
  on instructions: Instructions = .best
) {
  precondition(norm.width == x.columns && h.columns == x.columns, "matching extents")
  h.become(x.rows, for: kind, instructions)
  nonisolated(unsafe) let (source, target) = unsafe (x.base, h.base)
  let step = h.step
  inBlocks(x.rows, of: x.columns) { rows in
    unsafe norm.apply(source, target, rows, for: kind, step: step, instructions)
  }
}

/// The norm in place: of each row, or of each head where the norm is as wide as one. x: (T, H · S)
public func normalise(_ x: inout Matrix, _ norm: Norm, on instructions: Instructions = .best) {
  precondition(x.columns % norm.width == 0, "whole heads")
  nonisolated(unsafe) let base = unsafe x.base
  inBlocks(x.rows * (x.columns / norm.width), of: norm.width) { rows in
    unsafe norm.apply(base, UnsafeMutableRawPointer(base), rows, instructions)
  }
}

extension Norm {
  fileprivate func apply(
    _ source: UnsafeMutablePointer<Float>, _ target: UnsafeMutableRawPointer, _ rows: Range<Int>,
    for weights: WeightKind = .float32, step: Int? = nil, _ instructions: Instructions
  ) {
    unsafe instructions.kernels.norm(
      weights.code, source + rows.lowerBound * width, target + rows.lowerBound * (step ?? width * 4),
      rows.count,
      width, weight?.storage.base, bias?.storage.base, epsilon, kind == .layer)
  }
}

/// Either norm by its definition in double precision, for tests: mean and bias make it the layer norm.
public func normNaive(_ x: [Double], weight: [Double], bias: [Double]?, epsilon: Double) -> [Double] {
  let mean = bias == nil ? 0 : x.reduce(0, +) / Double(x.count)
  let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
  return x.indices.map { (x[$0] - mean) / (variance + epsilon).squareRoot() * weight[$0] + (bias?[$0] ?? 0) }
}
