/// Tokens that are found in the text as they stand, before it is split into words.
struct AddedTokens: Sendable {
  struct Token: Sendable {
    let id: Int32
    var content: [UInt8]
    var isSpecial: Bool
    var isSingleWord = false
    /// Takes the white space before it, or after it, into itself.
    var stripsLeft = false
    var stripsRight = false
    /// Looked for in the text after its normalisation rather than before.
    var isNormalized = false
  }

  /// By first byte, the longest first.
  private var candidates: [[Token]] = Array(repeating: [], count: 256)
  private var isEmpty = true

  init(_ tokens: [Token]) {
    for token in tokens where !token.content.isEmpty {
      candidates[Int(token.content[0])].append(token)
      isEmpty = false
    }
    for byte in candidates.indices { candidates[byte].sort { $0.content.count > $1.content.count } }
  }

  /// Calls back with each run of text between tokens, and each token.
  func split(_ text: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>, Int32?) -> Void) {
    var done = text.startIndex
    var at = text.startIndex
    while !isEmpty, at < text.endIndex {
      guard let token = match(in: text, at: at) else {
        at += 1
        continue
      }
      var start = at
      var end = at + token.content.count
      at = end
      if token.isSingleWord, !standsAlone(start..<end, in: text) { continue }
      if token.stripsLeft { start = max(done, spaceBefore(start, in: text)) }
      if token.stripsRight { end = spaceAfter(end, in: text) }
      if start > done { body(text[done..<start], nil) }
      body(text[start..<end], token.id)
      done = end
      at = max(at, end)
    }
    if done < text.endIndex { body(text[done...], nil) }
  }

  private func match(in text: ArraySlice<UInt8>, at: Int) -> Token? {
    candidates[Int(text[at])].first { text[at...].starts(with: $0.content) }
  }

  private func standsAlone(_ range: Range<Int>, in text: ArraySlice<UInt8>) -> Bool {
    let before = lastScalar(of: text[..<range.lowerBound])
    let after = scalar(in: text, at: range.upperBound)
    return !(before?.scalar.isWord ?? false) && !(after?.scalar.isWord ?? false)
  }

  private func spaceBefore(_ start: Int, in text: ArraySlice<UInt8>) -> Int {
    var start = start
    while let (scalar, place) = lastScalar(of: text[..<start]), scalar.properties.isWhitespace {
      start = place
    }
    return start
  }

  private func spaceAfter(_ end: Int, in text: ArraySlice<UInt8>) -> Int {
    var end = end
    while let (scalar, length) = scalar(in: text, at: end), scalar.properties.isWhitespace { end += length }
    return end
  }
}

extension Unicode.Scalar {
  /// A letter, mark, digit or connector, as `\w` has it.
  fileprivate var isWord: Bool {
    switch properties.generalCategory {
    case .decimalNumber, .connectorPunctuation, .nonspacingMark, .spacingMark, .enclosingMark: true
    default: properties.isAlphabetic
    }
  }
}
