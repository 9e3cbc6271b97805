import Values

/// The tokens of a model by their written text and by their numbers.
struct Vocabulary: Sendable {
  private var table = TokenTable()
  /// The entry of each number; -1 where the vocabulary has a hole.
  private var entries: [Int32] = []

  /// One more than the highest number.
  var count: Int { entries.count }

  func id(of token: [UInt8]) -> Int32? { table.number(of: token.span) }
  func id(of token: Span<UInt8>) -> Int32? { table.number(of: token) }
  func id(of token: String) -> Int32? { table.number(of: Array(token.utf8)) }

  /// How a token is written; nil for a number without one.
  func text(of id: Int32) -> ArraySlice<UInt8>? {
    guard id >= 0, Int(id) < entries.count, entries[Int(id)] >= 0 else { return nil }
    return table.text(Int(entries[Int(id)]))
  }

  mutating func reserve(_ count: Int) {
    table.reserve(count)
    entries.reserveCapacity(count)
  }

  /// A text that stands twice is found by its last number, as in the library.
  mutating func add(_ token: [UInt8], id: Int32) {
    let entry = table.add(token.span, id)
    if Int(id) >= entries.count { entries += Array(repeating: -1, count: Int(id) + 1 - entries.count) }
    entries[Int(id)] = Int32(entry)
  }

  /// A vocabulary written as an object: texts and their numbers.
  init(_ place: JSONPlace) throws(TokenizerError) {
    let map = try place.map()
    reserve(map.count)
    for (key, value) in map {
      guard let token = key.asString else { continue }
      guard case .int(let number) = value, let id = Int32(exactly: number), id >= 0, id < JSONPlace.mostTokens
      else {
        // The place is put into words only where it is needed: vocabularies are large.
        _ = try JSONPlace(value: value, file: place.file, path: "\(place.path).\(token)").id()
        continue
      }
      add(Array(token.utf8), id: id)
    }
  }

  init() {}
}
