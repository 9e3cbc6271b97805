import Diagnostics

/// What stands between the braces of a tag.
extension Lexer {
  mutating func tag(_ end: Token.Kind) throws(SyntaxError) {
    var open: [(kind: Token.Kind, at: Int)] = []
    while true {
      if open.isEmpty, takeEnd(end) { return }
      at = scanner.skipSpace(at)
      if open.isEmpty, takeEnd(end) { return }
      guard at < scanner.count else { return }
      if takeNumber() || takeName() { continue }
      if try takeString() { continue }
      try takeOperator(&open)
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  /// The end of digits with single underscores between them, or nil.
  private func digits(_ start: Int, _ accepts: (UInt8) -> Bool) -> Int? {
    guard accepts(scanner[start]) else { return nil }
    var index = start + 1
    while accepts(scanner[index]) || (scanner[index] == UInt8(ascii: "_") && accepts(scanner[index + 1])) {
      index += 1
    }
    return index
  }

  private mutating func takeNumber() -> Bool {
    let start = at
    guard let whole = digits(start, isDigit) else { return false }
    if start == 0 || scanner[start - 1] != UInt8(ascii: "."), let end = floatEnd(whole) {
      add(.float, start, end)
      at = end
      return true
    }
    at = integerEnd(start, whole)
    add(.integer, start, at)
    return true
  }

  private func floatEnd(_ whole: Int) -> Int? {
    let fraction = scanner[whole] == UInt8(ascii: ".") ? digits(whole + 1, isDigit) : nil
    let after = fraction ?? whole
    if scanner[after] | 0x20 == UInt8(ascii: "e") {
      let sign = scanner[after + 1]
      let signed = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
      if let end = digits(after + (signed ? 2 : 1), isDigit) { return end }
    }
    return fraction
  }

  private func integerEnd(_ start: Int, _ decimal: Int) -> Int {
    guard scanner[start] == UInt8(ascii: "0") else { return decimal }
    let skip = scanner[start + 2] == UInt8(ascii: "_") ? 3 : 2
    let end: Int? =
      switch scanner[start + 1] | 0x20 {
      case UInt8(ascii: "b"): digits(start + skip) { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "1") }
      case UInt8(ascii: "o"): digits(start + skip) { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "7") }
      case UInt8(ascii: "x"):
        digits(start + skip) {
          isDigit($0) || ($0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "f"))
        }
      default: nil
      }
    return end ?? digits(start) { $0 == UInt8(ascii: "0") } ?? decimal
  }

  private mutating func takeName() -> Bool {
    let start = at
    while at < scanner.count {
      let byte = scanner[at]
      if byte < 0x80 {
        guard isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: "_") else { break }
        at += 1
      } else {
        let (scalar, length) = scanner.scalar(at: at)
        guard at == start ? scalar.properties.isXIDStart : scalar.properties.isXIDContinue else { break }
        at += length
      }
    }
    if at > start { add(.name, start, at) }
    return at > start
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
  }

  private mutating func takeString() throws(SyntaxError) -> Bool {
    let quote = scanner[at]
    guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return false }
    var index = at + 1
    while index < scanner.count, scanner[index] != quote {
      index += scanner[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard index < scanner.count else {
      let mark = quote == UInt8(ascii: "'") ? "'" : "\""
      throw SyntaxError(
        "this string is never closed", at: ByteRange(at, at + 1), help: "end it with `\(mark)`",
        code: "template-unclosed")
    }
    add(.string, at, index + 1)
    at = index + 1
    return true
  }

  private mutating func takeOperator(_ open: inout [(kind: Token.Kind, at: Int)]) throws(SyntaxError) {
    let start = at
    let (kind, length) = operatorHere()
    guard let kind else { throw unexpected(start) }
    switch kind {
    case .leftParenthesis: open.append((.rightParenthesis, start))
    case .leftBracket: open.append((.rightBracket, start))
    case .leftBrace: open.append((.rightBrace, start))
    case .rightParenthesis, .rightBracket, .rightBrace:
      guard let opening = open.popLast() else {
        throw SyntaxError(
          "found \(kind.spelling), but nothing is open that it could close", at: ByteRange(start, start + 1),
          help: kind == .rightBrace ? "close an expression with `}}`" : nil)
      }
      guard opening.kind == kind else {
        throw SyntaxError(
          "found \(kind.spelling), expected \(opening.kind.spelling)", at: ByteRange(start, start + 1),
          help: "the bracket `\(scanner.text(ByteRange(opening.at, opening.at + 1)))` is still open")
      }
    default: break
    }
    at += length
    add(kind, start, at)
  }

  private func operatorHere() -> (Token.Kind?, Int) {
    let next = scanner[at + 1]
    switch scanner[at] {
    case UInt8(ascii: "+"): return (.add, 1)
    case UInt8(ascii: "-"): return (.subtract, 1)
    case UInt8(ascii: "*"): return next == UInt8(ascii: "*") ? (.power, 2) : (.multiply, 1)
    case UInt8(ascii: "/"): return next == UInt8(ascii: "/") ? (.floorDivide, 2) : (.divide, 1)
    case UInt8(ascii: "%"): return (.modulo, 1)
    case UInt8(ascii: "~"): return (.tilde, 1)
    case UInt8(ascii: "="): return next == UInt8(ascii: "=") ? (.equal, 2) : (.assign, 1)
    case UInt8(ascii: "!"): return next == UInt8(ascii: "=") ? (.notEqual, 2) : (nil, 0)
    case UInt8(ascii: "<"): return next == UInt8(ascii: "=") ? (.lessOrEqual, 2) : (.less, 1)
    case UInt8(ascii: ">"): return next == UInt8(ascii: "=") ? (.greaterOrEqual, 2) : (.greater, 1)
    case UInt8(ascii: "."): return (.dot, 1)
    case UInt8(ascii: ","): return (.comma, 1)
    case UInt8(ascii: ":"): return (.colon, 1)
    case UInt8(ascii: ";"): return (.semicolon, 1)
    case UInt8(ascii: "|"): return (.pipe, 1)
    case UInt8(ascii: "("): return (.leftParenthesis, 1)
    case UInt8(ascii: ")"): return (.rightParenthesis, 1)
    case UInt8(ascii: "["): return (.leftBracket, 1)
    case UInt8(ascii: "]"): return (.rightBracket, 1)
    case UInt8(ascii: "{"): return (.leftBrace, 1)
    case UInt8(ascii: "}"): return (.rightBrace, 1)
    default: return (nil, 0)
    }
  }

  private func unexpected(_ start: Int) -> SyntaxError {
    let (scalar, length) = scanner.scalar(at: start)
    let help: String? =
      switch scalar {
      case "&": "write `and`"
      case "!": "write `not`"
      case "?": "write `a if condition else b`"
      case "$", "@": "a name is written without a sign before it"
      default: nil
      }
    return SyntaxError(
      "found `\(scalar)`, which means nothing in a template's expression",
      at: ByteRange(start, start + length), help: help)
  }
}
