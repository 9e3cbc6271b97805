import CKernels
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
public func rotate(
  _ x: inout Matrix, headSize: Int, _ table: RotaryTable, on instructions: Instructions = .best
) {
  precondition(
    headSize >= 2 * table.half && x.columns % headSize == 0, "heads of at least twice as many as pairs")
  precondition(table.cosines.count == x.rows * table.half, "angles for each row")
  let (half, columns, isByNeighbours) = (table.half, x.columns, table.pairs == .neighbours)
  nonisolated(unsafe) let base = unsafe x.base
  unsafe table.cosines.withUnsafeBufferPointer { cosines in
    unsafe table.sines.withUnsafeBufferPointer { sines in
      guard let cosine = cosines.baseAddress, let sine = sines.baseAddress else { return }
      nonisolated(unsafe) let (first, second) = unsafe (cosine, sine)
      inBlocks(x.rows, of: columns) { rows in
        for row in rows {
          unsafe instructions.kernels.rotate(
            base + row * columns, columns, headSize, half, isByNeighbours, first + row * half,
            second + row * half)
        }
      }
    }
  }
}
