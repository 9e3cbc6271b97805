import Tensors

/// Tokens of several sequences, one after the other without padding, and what each may look at.
struct Batch: Sendable {
  var tokens: [Int32] = []
  var positions: [Int32] = []
  /// For each row the length of the whole sequence that it is read for: some rotary positions depend on it.
  var lengths: [Int] = []
  /// Segments cover the rows in order.
  var segments: [AttentionSegment] = []

  var count: Int { tokens.count }

  /// Adds the next tokens of a sequence.
  ///
  /// - Parameters:
  ///   - position: where in its sequence the first stands.
  ///   - length: how long the sequence is that they are read for.
  ///   - before: the cache's places of the tokens before it.
  ///   - place: where in the cache the new ones go.
  ///   - isWritten: whether it is one token that the model itself wrote.
  mutating func add(
    _ added: ArraySlice<Int32>, position: Int, of length: Int, before: [Range<Int>], place: Int,
    isWritten: Bool = false
  ) {
    let rows = count..<count + added.count
    tokens += added
    positions += (position..<position + added.count).map { Int32($0) }
    lengths += Array(repeating: length, count: added.count)
    segments.append(
      AttentionSegment(
        rows: rows, before: before, own: place..<place + added.count, isAlone: isWritten))
  }

  /// Some of the rows, given in rising order, as a batch of their own: their keys and values have their places already.
  func picking(_ wanted: [Int]) -> Batch {
    var batch = Batch()
    batch.tokens = wanted.map { tokens[$0] }
    batch.positions = wanted.map { positions[$0] }
    batch.lengths = wanted.map { lengths[$0] }
    var next = wanted[...]
    for segment in segments {
      while let first = next.first, first < segment.rows.upperBound {
        let start = next.startIndex
        var end = first
        while let row = next.first, row == end, row < segment.rows.upperBound {
          end += 1
          next.removeFirst()
        }
        let part = first - segment.rows.lowerBound..<end - segment.rows.lowerBound
        batch.segments.append(segment.part(part, from: start - wanted.startIndex))
      }
    }
    return batch
  }
}
