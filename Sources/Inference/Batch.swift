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
  mutating func add(
    _ added: ArraySlice<Int32>, position: Int, of length: Int, before: [Range<Int>], place: Int
  ) {
    let rows = count..<count + added.count
    tokens += added
    positions += (position..<position + added.count).map { Int32($0) }
    lengths += Array(repeating: length, count: added.count)
    segments.append(
      AttentionSegment(rows: rows, before: before, own: place..<place + added.count))
  }
}
