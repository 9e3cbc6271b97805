import Glibc

/// Root-mean-square norm of each row, scaled by `weight`. h: (T, D)
public func rmsNorm(_ x: borrowing Matrix, _ weight: Tensor, _ epsilon: Float, _ h: inout Matrix) {
  precondition(weight.count == x.columns && h.columns == x.columns, "matching extents")
  h.rows = x.rows
  let columns = x.columns
  for row in 0..<x.rows {
    let (source, target) = unsafe (x.base + row * columns, h.base + row * columns)
    let scale = unsafe 1 / (sumOfSquares(source, columns, minus: 0) / Float(columns) + epsilon).squareRoot()
    for index in 0..<columns {
      unsafe target[index] = unsafe weight.storage.base[index] * (source[index] * scale)
    }
  }
}

/// Layer norm of each row, scaled by `weight` and moved by `bias`. h: (T, D)
public func layerNorm(
  _ x: borrowing Matrix, _ weight: Tensor, _ bias: Tensor, _ epsilon: Float, _ h: inout Matrix
) {
  precondition(
    weight.count == x.columns && bias.count == x.columns && h.columns == x.columns, "matching extents")
  h.rows = x.rows
  let columns = x.columns
  for row in 0..<x.rows {
    let (source, target) = unsafe (x.base + row * columns, h.base + row * columns)
    let mean = unsafe sum(source, columns) / Float(columns)
    let scale =
      unsafe 1 / (sumOfSquares(source, columns, minus: mean) / Float(columns) + epsilon).squareRoot()
    for index in 0..<columns {
      unsafe target[index] =
        unsafe (source[index] - mean) * scale * weight.storage.base[index] + bias.storage.base[index]
    }
  }
}

private func sum(_ x: UnsafeMutablePointer<Float>, _ count: Int) -> Float {
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
