import Values

/// The characters of a word as tokens, the first parts that byte-pair encoding joins.
struct LetterParts: Sendable {
  private let vocabulary: Vocabulary
  /// Stands before every character but the first, and after the last, in the vocabulary.
  let prefix: [UInt8]
  private let suffix: [UInt8]
  let unknown: Int32?
  /// Whether unknown characters that stand together are one token.
  private let joinsUnknown: Bool
  private let writesBytes: Bool
  private let byteTokens: ByteTokens?

  init(_ model: JSONPlace, _ vocabulary: Vocabulary) throws(TokenizerError) {
    prefix = Array(try model["continuing_subword_prefix"]?.text().utf8 ?? "".utf8)
    suffix = Array(try model["end_of_word_suffix"]?.text().utf8 ?? "".utf8)
    unknown = try model["unk_token"].flatMap { place throws(TokenizerError) in
      vocabulary.id(of: try place.text())
    }
    joinsUnknown = try model.flag("fuse_unk", default: false)
    writesBytes = try model.flag("byte_fallback", default: false)
    byteTokens = writesBytes ? ByteTokens(vocabulary) : nil
    self.vocabulary = vocabulary
  }

  /// Whether characters stand in the vocabulary as they are, and only so.
  var isPlain: Bool { prefix.isEmpty && suffix.isEmpty && !writesBytes }

  func split(_ word: Span<UInt8>, into ids: inout [Int32]) {
    // Unknown characters wait, since more may join them; bytes do not end their waiting, as in the library.
    var waiting: Int32?
    var start = 0
    while start < word.count {
      let end = min(start + scalarLength(word[start]), word.count)
      let letter = word.extracting(start..<end)
      if let id = id(of: letter, isFirst: start == 0, isLast: end == word.count) {
        if let unknown = waiting { ids.append(unknown) }
        waiting = nil
        ids.append(id)
      } else if let byteTokens {
        for index in letter.indices { ids.append(byteTokens[letter[index]]) }
      } else if let unknown {
        if waiting != nil, !joinsUnknown { ids.append(unknown) }
        waiting = unknown
      }
      start = end
    }
    if let unknown = waiting { ids.append(unknown) }
  }

  private func id(of letter: Span<UInt8>, isFirst: Bool, isLast: Bool) -> Int32? {
    if prefix.isEmpty || isFirst, suffix.isEmpty || !isLast { return vocabulary.id(of: letter) }
    var text = isFirst ? [] : prefix
    for index in letter.indices { text.append(letter[index]) }
    if isLast { text += suffix }
    return vocabulary.id(of: text)
  }
}
