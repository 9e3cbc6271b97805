import Values

/// WordPiece (Schuster and Nakajima, 2012; BERT): the longest token first, then the longest that continues it.
struct WordPiece: TokenModel {
  let vocabulary: Vocabulary
  private let tree: PieceTree
  /// Where in the tree tokens begin that continue a word; nil if there are none.
  private let continuation: Int32?
  private let unknown: Int32
  private let mostCharacters: Int

  init(_ place: JSONPlace) throws(TokenizerError) {
    let vocabulary = try Vocabulary(place.required("vocab"))
    var tree = PieceTree(reserving: 16 * vocabulary.count)
    for id in 0..<Int32(vocabulary.count) {
      if let text = vocabulary.text(of: id), !text.isEmpty { tree.add(text, id) }
    }
    let prefix = try place["continuing_subword_prefix"]?.text() ?? "##"
    continuation = tree.node(after: Array(prefix.utf8))
    unknown = try Self.unknown(place, vocabulary, default: "[UNK]")
    if let limit = place["max_input_chars_per_word"] {
      guard let count = limit.value.asInt, count >= 0 else { throw limit.failure("should be a whole number") }
      mostCharacters = count
    } else {
      mostCharacters = 100
    }
    self.tree = tree
    self.vocabulary = vocabulary
  }

  static func unknown(
    _ place: JSONPlace, _ vocabulary: Vocabulary, default name: String
  ) throws(TokenizerError) -> Int32 {
    let text = try place["unk_token"]?.text() ?? name
    guard let id = vocabulary.id(of: text) else {
      throw place.failure("the vocabulary has no `\(text)`, which stands for what is unknown")
    }
    return id
  }

  func encode(_ word: Span<UInt8>, into ids: inout [Int32]) {
    let before = ids.count
    var characters = 0
    for index in word.indices where word[index] & 0xC0 != 0x80 { characters += 1 }
    var start = 0
    while start < word.count {
      var best: (end: Int, token: Int32)?
      if characters <= mostCharacters, let node = start == 0 ? 0 : continuation {
        tree.forEachToken(in: word, at: start, from: node) { best = ($0, $1) }
      }
      guard let best else {
        // A word with an unknown part is unknown as a whole.
        ids.removeSubrange(before...)
        ids.append(unknown)
        return
      }
      ids.append(best.token)
      start = best.end
    }
  }
}
