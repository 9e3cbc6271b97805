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

  /// A run of text between tokens, or a token with what it takes of the text.
  struct Part {
    let text: ArraySlice<UInt8>
    var token: Int32?
  }

  /// A text cut at the tokens in it.
  func parts(of text: ArraySlice<UInt8>) -> [Part] {
    guard !isEmpty else { return text.isEmpty ? [] : [Part(text: text)] }
    var parts: [Part] = []
    var done = text.startIndex
    var at = text.startIndex
    while at < text.endIndex {
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
      if start > done { parts.append(Part(text: text[done..<start])) }
      parts.append(Part(text: text[start..<end], token: token.id))
      done = end
      at = max(at, end)
    }
    if done < text.endIndex { parts.append(Part(text: text[done...])) }
    return parts
  }

  private func match(in text: ArraySlice<UInt8>, at: Int) -> Token? {
    let here = candidates[Int(text[at])]
    return here.isEmpty ? nil : here.first { text[at...].starts(with: $0.content) }
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
