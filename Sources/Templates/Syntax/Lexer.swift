import Diagnostics

/// Cuts a template into text, tags and what stands in them.
struct Lexer {
  let scanner: Scanner
  let trimBlocks: Bool
  let stripBlocks: Bool
  var at = 0
  var tokens: [Token] = []

  init(_ text: String, trimBlocks: Bool, stripBlocks: Bool, keepTrailingNewline: Bool) {
    var bytes = Array(text.utf8)
    if !keepTrailingNewline {
      if bytes.last == UInt8(ascii: "\n") {
        bytes.removeLast()
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
      } else if bytes.last == UInt8(ascii: "\r") {
        bytes.removeLast()
      }
    }
    scanner = Scanner(bytes: bytes)
    self.trimBlocks = trimBlocks
    self.stripBlocks = stripBlocks
  }

  mutating func tokenize() throws(SyntaxError) -> [Token] {
    while at < scanner.count { try text() }
    add(.end, at, at)
    return tokens
  }

  mutating func add(_ kind: Token.Kind, _ start: Int, _ end: Int) {
    tokens.append(Token(kind: kind, range: ByteRange(start, end)))
  }

  /// Text up to the next tag, and that tag.
  private mutating func text() throws(SyntaxError) {
    let start = at
    guard let open = nextOpening(from: start) else {
      add(.data, start, scanner.count)
      at = scanner.count
      return
    }
    let kind = scanner[open + 1]
    addText(start, open, isVariable: kind == UInt8(ascii: "{"))
    let sign = scanner[open + 2]
    at = open + (sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") ? 3 : 2)
    switch kind {
    case UInt8(ascii: "#"): try comment(open)
    case UInt8(ascii: "{"):
      add(.variableBegin, open, at)
      try tag(.variableEnd)
    default:
      if let content = rawContent() {
        try raw(open, content)
      } else {
        add(.blockBegin, open, at)
        try tag(.blockEnd)
      }
    }
  }

  /// The text before a tag, shortened as the tag's sign and the environment ask.
  private mutating func addText(_ start: Int, _ open: Int, isVariable: Bool) {
    var end = open
    switch scanner[open + 2] {
    case UInt8(ascii: "-"): end = scanner.skipSpaceBack(open, to: start)
    case UInt8(ascii: "+"): break
    default:
      guard stripBlocks, !isVariable else { break }
      var line = open
      while line > start, !isNewline(scanner[line - 1]) { line -= 1 }
      let startsLine = line > start || line == 0 || isNewline(scanner[line - 1])
      if startsLine, scanner.skipSpace(line) >= open { end = line }
    }
    if end > start { add(.data, start, end) }
  }

  private func isNewline(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

  private func nextOpening(from start: Int) -> Int? {
    let bytes = scanner.bytes.span
    var index = start
    while index + 1 < bytes.count {
      if bytes[index] == UInt8(ascii: "{") {
        let next = bytes[index + 1]
        if next == UInt8(ascii: "{") || next == UInt8(ascii: "%") || next == UInt8(ascii: "#") {
          return index
        }
      }
      index += 1
    }
    return nil
  }

  private mutating func comment(_ open: Int) throws(SyntaxError) {
    var end = at
    while end < scanner.count, !scanner.starts(with: "#}", at: end) { end += 1 }
    guard end < scanner.count else {
      throw SyntaxError(
        "this comment is never closed", at: ByteRange(open, open + 2), help: "end it with `#}`",
        code: "template-unclosed")
    }
    let sign = end > at ? scanner[end - 1] : 0
    at = end + 2
    skipAfterBlock(sign)
  }

  /// White space that a closing tag takes with it: all after `-`, one line ending when blocks are trimmed.
  private mutating func skipAfterBlock(_ sign: UInt8) {
    if sign == UInt8(ascii: "-") {
      at = scanner.skipSpace(at)
    } else if trimBlocks, sign != UInt8(ascii: "+") {
      if scanner[at] == UInt8(ascii: "\r"), at < scanner.count {
        at += scanner[at + 1] == UInt8(ascii: "\n") ? 2 : 1
      } else if scanner[at] == UInt8(ascii: "\n"), at < scanner.count {
        at += 1
      }
    }
  }

  /// Where the content of a `raw` block begins, if the tag opened just now is one.
  private func rawContent() -> Int? {
    var index = scanner.skipSpace(at)
    guard scanner.starts(with: "raw", at: index) else { return nil }
    index = scanner.skipSpace(index + 3)
    if scanner.starts(with: "-%}", at: index) { return scanner.skipSpace(index + 3) }
    return scanner.starts(with: "%}", at: index) ? index + 2 : nil
  }

  private mutating func raw(_ open: Int, _ content: Int) throws(SyntaxError) {
    var index = content
    while index < scanner.count {
      if scanner.starts(with: "{%", at: index), let (close, sign) = rawEnd(index) {
        addText(content, index, isVariable: false)
        at = close
        skipAfterBlock(sign)
        return
      }
      index += 1
    }
    throw SyntaxError(
      "this `raw` block is never closed", at: ByteRange(open, content), help: "end it with `{% endraw %}`",
      code: "template-unclosed")
  }

  private func rawEnd(_ open: Int) -> (end: Int, sign: UInt8)? {
    var index = open + 2
    if scanner[index] == UInt8(ascii: "-") || scanner[index] == UInt8(ascii: "+") { index += 1 }
    index = scanner.skipSpace(index)
    guard scanner.starts(with: "endraw", at: index) else { return nil }
    index = scanner.skipSpace(index + 6)
    let sign = scanner[index]
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      return scanner.starts(with: "%}", at: index + 1) ? (index + 3, sign) : nil
    }
    return scanner.starts(with: "%}", at: index) ? (index + 2, 0) : nil
  }

  /// Whether the tag ends here; if so its end is taken, with the white space that belongs to it.
  mutating func takeEnd(_ kind: Token.Kind) -> Bool {
    let start = at
    if kind == .variableEnd {
      if scanner.starts(with: "-}}", at: at) {
        at = scanner.skipSpace(at + 3)
      } else if scanner.starts(with: "}}", at: at) {
        at += 2
      } else {
        return false
      }
      add(kind, start, min(start + 3, at))
      return true
    }
    let sign = scanner[at]
    let signed = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
    guard scanner.starts(with: "%}", at: signed ? at + 1 : at) else { return false }
    at += signed ? 3 : 2
    add(kind, start, at)
    skipAfterBlock(sign)
    return true
  }
}
