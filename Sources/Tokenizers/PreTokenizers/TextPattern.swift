import Patterns

/// What a file writes as a pattern: a text, or a regular expression.
enum TextPattern: Sendable {
  case text([UInt8])
  case regex(Pattern)

  init(_ place: JSONPlace) throws(TokenizerError) {
    if let text = place["String"] {
      self = .text(Array(try text.text().utf8))
      return
    }
    let regex = try place.required("Regex").text()
    guard !Self.intersectsClasses(regex) else {
      throw place.failure(
        "the pattern intersects classes of characters (`&&`), which is not supported",
        help: "write the class without `&&`")
    }
    do throws(PatternError) {
      self = .regex(try Pattern(raw: regex))
    } catch {
      throw place.failure("the pattern cannot be read: \(error.message), at byte \(error.offset)")
    }
  }

  /// Whether Oniguruma would read `&&` in a class as an intersection, where PCRE2 reads two characters.
  private static func intersectsClasses(_ regex: String) -> Bool {
    var (isInClass, isEscaped) = (false, false)
    var before: UInt8 = 0
    for byte in regex.utf8 {
      defer { before = isEscaped ? 0 : byte }
      if isEscaped {
        isEscaped = false
        continue
      }
      switch byte {
      case UInt8(ascii: "\\"): isEscaped = true
      case UInt8(ascii: "["): isInClass = true
      case UInt8(ascii: "]"): isInClass = false
      case UInt8(ascii: "&"): if isInClass, before == byte { return true }
      default: break
      }
    }
    return false
  }

  /// Takes the range of each match in a part of a text.
  func forEachMatch(in bytes: [UInt8], _ part: Range<Int>, _ body: (Range<Int>) -> Void) throws(PatternError)
  {
    switch self {
    case .regex(let pattern):
      try pattern.forEachMatch(in: bytes, part) { range in
        body(range.lowerBound + part.lowerBound..<range.upperBound + part.lowerBound)
      }
    case .text(let text):
      guard let first = text.first else { return }
      var at = part.lowerBound
      while at + text.count <= part.upperBound {
        if bytes[at] == first, bytes[at..<at + text.count].elementsEqual(text) {
          body(at..<at + text.count)
          at += text.count
        } else {
          at += 1
        }
      }
    }
  }

  /// A text with each match replaced.
  func replacing(_ bytes: [UInt8], with content: [UInt8]) throws(PatternError) -> [UInt8] {
    var out: [UInt8] = []
    var end = 0
    try forEachMatch(in: bytes, 0..<bytes.count) { range in
      out += bytes[end..<range.lowerBound]
      out += content
      end = range.upperBound
    }
    return end == 0 && out.isEmpty ? bytes : out + bytes[end...]
  }
}
