import Glibc

/// The angles by which rotary embeddings turn each position's pairs, for the rows of one batch.
public struct RotaryTable: Sendable {
  /// Which numbers of a head make a pair.
  public enum Pairs: Sendable {
    /// Number `i` of the first half of those that turn with number `i` of the second.
    case halves
    /// Each even number with the next.
    case neighbours
  }

  let half: Int
  let pairs: Pairs
  var cosines: [Float] = []
  var sines: [Float] = []

  /// - Parameters:
  ///   - frequencies: one for each pair, for each position.
  ///   - length: what a pair is lengthened by as it turns.
  public init(
    positions: [Int32], pairCount: Int, _ pairs: Pairs = .halves, length: Float = 1,
    frequencies: (_ row: Int) -> [Float]
  ) {
    half = pairCount
    self.pairs = pairs
    cosines.reserveCapacity(positions.count * half)
    sines.reserveCapacity(positions.count * half)
    for (row, position) in positions.enumerated() {
      let frequencies = frequencies(row)
      precondition(frequencies.count == half, "a frequency for each pair")
      for frequency in frequencies {
        let angle = Float(position) * frequency
        cosines.append(cosf(angle) * length)
        sines.append(sinf(angle) * length)
      }
    }
  }
}

/// Turns the pairs at the start of every head of every row; what is left of a head stays. x: (T, H · S)
public func rotate(_ x: inout Matrix, headSize: Int, _ table: RotaryTable) {
  precondition(
    headSize >= 2 * table.half && x.columns % headSize == 0, "heads of at least twice as many as pairs")
  precondition(table.cosines.count == x.rows * table.half, "angles for each row")
  let half = table.half
  let (step, partner) = table.pairs == .halves ? (1, half) : (2, 1)
  for row in 0..<x.rows {
    for head in stride(from: row * x.columns, to: (row + 1) * x.columns, by: headSize) {
      for pair in 0..<half {
        let (cosine, sine) = (table.cosines[row * half + pair], table.sines[row * half + pair])
        let first = head + pair * step
        let (a, b) = unsafe (x.base[first], x.base[first + partner])
        unsafe x.base[first] = a * cosine - b * sine
        unsafe x.base[first + partner] = b * cosine + a * sine
      }
    }
  }
}
