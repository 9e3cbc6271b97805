import Glibc

/// What one row of logits says: enough to score any token, and which token is the likeliest.
public struct Distribution: Sendable {
  /// The logarithm of the sum of all exponentials.
  public let logSum: Double
  /// The first of the tokens with the highest logit.
  public let best: Int32
}

/// Sums up each row of logits, the sums in double precision. logits: (T, V)
public func distributions(_ logits: borrowing Matrix) -> [Distribution] {
  let (rows, columns) = (logits.rows, logits.columns)
  guard columns > 0 else { return [] }
  nonisolated(unsafe) let base = unsafe logits.base
  return unsafe [Distribution](unsafeUninitializedCapacity: rows) { buffer, count in
    nonisolated(unsafe) let out = unsafe buffer
    inParallel(rows, worthwhile: rows * columns > 1 << 14) { row in
      unsafe out.initializeElement(at: row, to: distribution(base + row * columns, columns))
    }
    count = rows
  }
}

private func distribution(_ x: UnsafeMutablePointer<Float>, _ count: Int) -> Distribution {
  var best = 0
  for index in 1..<max(1, count) where unsafe x[index] > x[best] { best = index }
  let top = unsafe x[best]
  var total = 0.0
  var index = 0
  while index < count {
    let end = min(index + 1024, count)
    var lanes = Lanes(repeating: 0)
    while index + 16 <= end {
      unsafe lanes += exponential(UnsafeRawPointer(x + index).loadUnaligned(as: Lanes.self) - top)
      index += 16
    }
    total += Double(lanes.sum())
    while index < end {
      unsafe total += exp(Double(x[index]) - Double(top))
      index += 1
    }
  }
  return Distribution(logSum: Double(top) + log(total), best: Int32(best))
}

extension Distribution {
  /// The same by the definition, for tests.
  public static func naive(_ x: [Float]) -> Distribution {
    let top = x.max() ?? 0
    let total = x.reduce(0.0) { $0 + exp(Double($1) - Double(top)) }
    return Distribution(logSum: Double(top) + log(total), best: Int32(x.firstIndex(of: top) ?? 0))
  }
}

extension Matrix {
  /// One number.
  public subscript(_ row: Int, _ column: Int) -> Float {
    precondition(row >= 0 && row < rows && column >= 0 && column < columns, "a place within the matrix")
    return unsafe base[row * columns + column]
  }
}
