import Glibc

/// The angles by which rotary embeddings turn each position's pairs, for the rows of one batch.
public struct RotaryTable: Sendable {
  let half: Int
  let cosines: [Float]
  let sines: [Float]

  /// - Parameter frequencies: one for each pair of a head.
  public init(positions: [Int32], frequencies: [Float]) {
    half = frequencies.count
    var cosines: [Float] = []
    var sines: [Float] = []
    cosines.reserveCapacity(positions.count * half)
    sines.reserveCapacity(positions.count * half)
    for position in positions {
      for frequency in frequencies {
        let angle = Float(position) * frequency
        cosines.append(cosf(angle))
        sines.append(sinf(angle))
      }
    }
    self.cosines = cosines
    self.sines = sines
  }
}

/// Turns every head of every row: number `i` of the first half pairs with number `i` of the second. x: (T, H · S)
public func rotate(_ x: inout Matrix, headSize: Int, _ table: RotaryTable) {
  precondition(headSize == 2 * table.half && x.columns % headSize == 0, "heads of twice as many as pairs")
  precondition(table.cosines.count == x.rows * table.half, "angles for each row")
  let half = table.half
  for row in 0..<x.rows {
    for head in stride(from: row * x.columns, to: (row + 1) * x.columns, by: headSize) {
      for pair in 0..<half {
        let (cosine, sine) = (table.cosines[row * half + pair], table.sines[row * half + pair])
        let (a, b) = unsafe (x.base[head + pair], x.base[head + half + pair])
        unsafe x.base[head + pair] = a * cosine - b * sine
        unsafe x.base[head + half + pair] = b * cosine + a * sine
      }
    }
  }
}
