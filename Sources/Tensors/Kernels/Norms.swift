import Glibc

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
public func normalise(_ x: borrowing Matrix, _ norm: Norm, _ h: inout Matrix) {
  precondition(norm.width == x.columns && h.columns == x.columns, "matching extents")
  h.rows = x.rows
  for row in 0..<x.rows { unsafe norm.apply(x.base + row * x.columns, h.base + row * x.columns) }
}

/// The norm in place: of each row, or of each head where the norm is as wide as one. x: (T, H · S)
public func normalise(_ x: inout Matrix, _ norm: Norm) {
  precondition(x.columns % norm.width == 0, "whole heads")
  for start in stride(from: 0, to: x.rows * x.columns, by: norm.width) {
    unsafe norm.apply(x.base + start, x.base + start)
  }
}

extension Norm {
  fileprivate func apply(_ source: UnsafeMutablePointer<Float>, _ target: UnsafeMutablePointer<Float>) {
    let mean: Float = kind == .layer ? unsafe sum(source, width) / Float(width) : 0
    let scale =
      unsafe 1 / (sumOfSquares(source, width, minus: mean) / Float(width) + epsilon).squareRoot()
    for index in 0..<width { unsafe target[index] = unsafe (source[index] - mean) * scale }
    if let weight { for index in 0..<width { unsafe target[index] *= unsafe weight.storage.base[index] } }
    if let bias { for index in 0..<width { unsafe target[index] += unsafe bias.storage.base[index] } }
  }
}

/// The sum of some numbers.
func sum(_ x: UnsafeMutablePointer<Float>, _ count: Int) -> Float {
  var lanes = Lanes(repeating: 0)
  var index = 0
  while index + 16 <= count {
    unsafe lanes += UnsafeRawPointer(x + index).loadUnaligned(as: Lanes.self)
    index += 16
  }
  var sum = lanes.sum()
  while index < count {
    unsafe sum += x[index]
    index += 1
  }
  return sum
}

private func sumOfSquares(_ x: UnsafeMutablePointer<Float>, _ count: Int, minus mean: Float) -> Float {
  var lanes = Lanes(repeating: 0)
  var index = 0
  while index + 16 <= count {
    let part = unsafe UnsafeRawPointer(x + index).loadUnaligned(as: Lanes.self) - mean
    lanes += part * part
    index += 16
  }
  var sum = lanes.sum()
  while index < count {
    unsafe sum += (x[index] - mean) * (x[index] - mean)
    index += 1
  }
  return sum
}

/// Either norm by its definition in double precision, for tests: mean and bias make it the layer norm.
public func normNaive(_ x: [Double], weight: [Double], bias: [Double]?, epsilon: Double) -> [Double] {
  let mean = bias == nil ? 0 : x.reduce(0, +) / Double(x.count)
  let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
  return x.indices.map { (x[$0] - mean) / (variance + epsilon).squareRoot() * weight[$0] + (bias?[$0] ?? 0) }
}
