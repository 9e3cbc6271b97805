/// Reads a pattern, or a replacement, one character or one backslash pair at a time, as Python's parser does.
struct PatternReader {
  /// A character, or a backslash with the character behind it.
  struct Token: Equatable {
    let scalar: Unicode.Scalar
    let isEscape: Bool
    var count: Int { isEscape ? 2 : 1 }
    /// How it is written.
    var text: String { (isEscape ? "\\" : "") + String(scalar) }
    /// The character, unless it is escaped.
    var plain: Unicode.Scalar? { isEscape ? nil : scalar }
  }

  private let scalars: [Unicode.Scalar]
  private var index = 0
  private(set) var next: Token?

  init(_ text: String) throws(PatternError) {
    scalars = Array(text.unicodeScalars)
    try advance()
  }

  /// Where `next` begins, in code points.
  var position: Int { index - (next?.count ?? 0) }

  mutating func advance() throws(PatternError) {
    guard index < scalars.count else {
      next = nil
      return
    }
    let scalar = scalars[index]
    guard scalar == "\\" else {
      index += 1
      next = Token(scalar: scalar, isEscape: false)
      return
    }
    guard index + 1 < scalars.count else {
      throw PatternError("a backslash at the end escapes nothing", at: byteOffset(of: scalars.count - 1))
    }
    next = Token(scalar: scalars[index + 1], isEscape: true)
    index += 2
  }

  mutating func get() throws(PatternError) -> Token? {
    let token = next
    try advance()
    return token
  }

  /// Takes an unescaped character if it comes next.
  mutating func take(_ scalar: Unicode.Scalar) throws(PatternError) -> Bool {
    guard next?.plain == scalar else { return false }
    try advance()
    return true
  }

  /// Takes up to `count` unescaped characters that satisfy a condition.
  mutating func take(
    upTo count: Int, while isWanted: (Unicode.Scalar) -> Bool
  ) throws(PatternError) -> String {
    var out = ""
    for _ in 0..<count {
      guard let scalar = next?.plain, isWanted(scalar) else { break }
      out.unicodeScalars.append(scalar)
      try advance()
    }
    return out
  }

  /// Takes everything up to a terminator, and the terminator.
  mutating func take(until terminator: Unicode.Scalar, _ what: String) throws(PatternError) -> String {
    var out = ""
    while true {
      let token = next
      try advance()
      guard let token else {
        if out.isEmpty { throw error("\(what) is missing") }
        throw error("`\(terminator)` is missing after \(what)", back: out.unicodeScalars.count)
      }
      if token.plain == terminator {
        if out.isEmpty { throw error("\(what) is missing", back: 1) }
        return out
      }
      out += token.text
    }
  }

  mutating func seek(_ position: Int) throws(PatternError) {
    index = position
    try advance()
  }

  /// An error some code points before the current place.
  func error(_ message: String, back: Int = 0) -> PatternError { error(message, at: position - back) }

  func error(_ message: String, at position: Int) -> PatternError {
    PatternError(message, at: byteOffset(of: position))
  }

  private func byteOffset(of position: Int) -> Int {
    scalars.prefix(max(0, position)).reduce(0) { $0 + UTF8.width($1) }
  }
}

extension Unicode.Scalar {
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
  var isOctalDigit: Bool { ("0"..."7").contains(self) }
  var isHexDigit: Bool { properties.isASCIIHexDigit }
  var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
}

extension String {
  /// Whether Python would take it as the name of a variable, and so of a group.
  var isIdentifier: Bool {
    guard let first = unicodeScalars.first, first == "_" || first.properties.isXIDStart else { return false }
    return unicodeScalars.dropFirst().allSatisfy(\.properties.isXIDContinue)
  }
}
