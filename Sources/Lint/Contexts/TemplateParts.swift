import Diagnostics

/// A text as a template engine sees it: what stands as it is, and what is worked out.
struct TemplateParts {
  /// Byte ranges of the text that are printed as they are.
  private(set) var literals: [Range<Int>] = []
  /// Byte ranges of `{{ … }}`, braces included.
  private(set) var expressions: [Range<Int>] = []
  /// Byte ranges of `{% … %}`.
  private(set) var statements: [Range<Int>] = []
  let bytes: [UInt8]

  init(_ text: String) {
    bytes = Array(text.utf8)
    var at = 0
    var start = 0
    while at + 1 < bytes.count {
      guard bytes[at] == UInt8(ascii: "{"), let close = Self.closing[bytes[at + 1]] else {
        at += 1
        continue
      }
      if at > start { literals.append(start..<at) }
      let end = self.end(from: at + 2, close, isComment: bytes[at + 1] == UInt8(ascii: "#"))
      if bytes[at + 1] == UInt8(ascii: "{") { expressions.append(at..<end) }
      if bytes[at + 1] == UInt8(ascii: "%") { statements.append(at..<end) }
      at = end
      start = end
    }
    if start < bytes.count { literals.append(start..<bytes.count) }
  }

  private static let closing: [UInt8: UInt8] = [
    UInt8(ascii: "{"): UInt8(ascii: "}"), UInt8(ascii: "%"): UInt8(ascii: "%"),
    UInt8(ascii: "#"): UInt8(ascii: "#"),
  ]

  /// Where a tag ends; braces in texts of its own do not count.
  private func end(from start: Int, _ close: UInt8, isComment: Bool) -> Int {
    var at = start
    var quote: UInt8?
    while at < bytes.count {
      let byte = bytes[at]
      if let open = quote {
        if byte == UInt8(ascii: "\\") { at += 1 } else if byte == open { quote = nil }
      } else if !isComment, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte == close, at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "}") {
        return at + 2
      }
      at += 1
    }
    return bytes.count
  }

  /// Whether there is nothing to work out.
  var isConstant: Bool { expressions.isEmpty && statements.isEmpty }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// What the text surely ends with: the literal at its end; empty where something worked out stands there.
  var ending: String {
    guard let last = literals.last, last.upperBound == bytes.count else { return "" }
    return text(last)
  }

  /// What the text surely begins with.
  var beginning: String {
    guard let first = literals.first, first.lowerBound == 0 else { return "" }
    return text(first)
  }

  /// All literals, one after the other.
  var literalText: String { literals.map(text).joined() }
}
