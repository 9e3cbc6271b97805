/// Where the tokens of a sequence lie in the cache: in pieces, since what it shares was computed for others.
struct PrefixPath: Sendable {
  private struct Piece: Sendable {
    var places: Range<Int>
    /// The batch's row of the first token; nil if an earlier batch computed it.
    var row: Int?
  }

  private var pieces: [Piece] = []
  private(set) var count = 0

  var places: [Range<Int>] { pieces.map(\.places) }

  /// How many tokens come from earlier batches, whose hidden states are gone.
  var carried: Int {
    guard let first = pieces.first, first.row == nil else { return 0 }
    return first.places.count
  }

  /// Keeps the first tokens.
  mutating func cut(to length: Int) {
    var left = length
    pieces = pieces.compactMap { piece in
      let kept = min(left, piece.places.count)
      left -= kept
      guard kept > 0 else { return nil }
      return Piece(places: piece.places.prefix(kept), row: piece.row)
    }
    count = min(count, length)
  }

  mutating func append(_ places: Range<Int>, row: Int) {
    pieces.append(Piece(places: places, row: row))
    count += places.count
  }

  /// The path after its tokens were moved to the front of the cache.
  mutating func becomeCarried() {
    pieces = count > 0 ? [Piece(places: 0..<count, row: nil)] : []
  }

  /// The batch's row of a token that this batch computed.
  func row(of position: Int) -> Int? {
    var left = position
    for piece in pieces {
      if left < piece.places.count { return piece.row.map { $0 + left } }
      left -= piece.places.count
    }
    return nil
  }
}
