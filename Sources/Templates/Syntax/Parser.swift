import Diagnostics

/// Tokens to statements; expressions and the single statements have their own files.
struct Parser {
  let scanner: Scanner
  let tokens: [Token]
  let allowsLoopControls: Bool
  let allowsRun: Bool
  var at = 0
  var depth = 0
  /// The blocks that are open, innermost last: what they are called and where they began.
  var open: [(name: String, range: ByteRange)] = []

  /// Python's own parser gives up at about this depth too.
  static let deepest = 100
  static let tallest = 200

  init(_ scanner: Scanner, _ tokens: [Token], allowsLoopControls: Bool, allowsRun: Bool) {
    self.scanner = scanner
    self.tokens = tokens
    self.allowsLoopControls = allowsLoopControls
    self.allowsRun = allowsRun
  }

  mutating func template() throws(SyntaxError) -> [Statement] {
    try statements(until: [])
  }

  // MARK: - Tokens

  var current: Token { tokens[at] }
  var previous: Token { tokens[max(0, at - 1)] }
  func peek(_ distance: Int = 1) -> Token { tokens[min(at + distance, tokens.count - 1)] }

  func text(_ token: Token) -> String { scanner.text(token.range) }

  func isName(_ name: StaticString, _ token: Token) -> Bool {
    token.kind == .name && Int(token.range.end - token.range.start) == name.utf8CodeUnitCount
      && scanner.starts(with: name, at: Int(token.range.start))
  }

  func isName(_ name: StaticString) -> Bool { isName(name, current) }

  @discardableResult mutating func next() -> Token {
    let token = current
    if at < tokens.count - 1 { at += 1 }
    return token
  }

  mutating func skip(_ kind: Token.Kind) -> Bool {
    guard current.kind == kind else { return false }
    next()
    return true
  }

  mutating func skipName(_ name: StaticString) -> Bool {
    guard isName(name) else { return false }
    next()
    return true
  }

  @discardableResult mutating func expect(_ kind: Token.Kind) throws(SyntaxError) -> Token {
    guard current.kind == kind else { throw mismatch(expected: kind.spelling) }
    return next()
  }

  mutating func expectName(_ name: StaticString) throws(SyntaxError) {
    guard isName(name) else { throw mismatch(expected: "`\(name)`") }
    next()
  }

  /// What a message calls a token: its text if it has one of its own.
  func described(_ token: Token) -> String {
    switch token.kind {
    case .name, .integer, .float: "`\(text(token))`"
    default: token.kind.spelling
    }
  }

  func mismatch(expected: String) -> SyntaxError {
    if current.kind == .end, let opening = lastOpening() {
      let close = opening.kind == .variableBegin ? "}}" : "%}"
      return SyntaxError(
        "the template ends inside this tag, expected \(expected)", at: opening.range,
        help: "end it with `\(close)`",
        code: "template-unclosed")
    }
    let help: String? =
      switch (current.kind, previous.kind) {
      case (.pipe, .pipe): "write `or`"
      case (.assign, _): "compare with `==`; assign with `{% set name = … %}`"
      default: nil
      }
    return SyntaxError("found \(described(current)), expected \(expected)", at: current.range, help: help)
  }

  private func lastOpening() -> Token? {
    tokens[..<at].last { $0.kind == .variableBegin || $0.kind == .blockBegin }
  }

  // MARK: - Bodies

  /// Statements up to one of some closing words, which stays the current token; at the top, up to the end.
  mutating func statements(until closers: [String]) throws(SyntaxError) -> [Statement] {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw tooDeep() }
    var body: [Statement] = []
    while true {
      let token = current
      switch token.kind {
      case .data:
        body.append(Statement(.text(text(token)), token.range))
        next()
      case .variableBegin:
        next()
        body.append(Statement(.print(try tuple()), token.range))
        try expect(.variableEnd)
      case .blockBegin:
        next()
        if current.kind == .name, closers.contains(text(current)) { return body }
        body += try statement(closers)
        try expect(.blockEnd)
      default:
        guard closers.isEmpty || open.isEmpty else { throw unclosed(closers) }
        return body
      }
    }
  }

  /// The body of a block whose opening tag has been read up to its end, and its closing word.
  mutating func body(_ closers: String...) throws(SyntaxError) -> [Statement] {
    _ = skip(.colon)
    try expect(.blockEnd)
    return try statements(until: closers)
  }

  /// A body with a single closing word, which is taken.
  mutating func closedBody(_ closer: String) throws(SyntaxError) -> [Statement] {
    let statements = try body(closer)
    next()
    return statements
  }

  func tooDeep() -> SyntaxError {
    SyntaxError("the template is nested more than \(Self.deepest) levels deep", at: current.range)
  }

  private func unclosed(_ closers: [String]) -> SyntaxError {
    let block = open[open.count - 1]
    return SyntaxError(
      "this `\(block.name)` block is never closed", at: block.range,
      help: "end it with `{% \(closers[closers.count - 1]) %}`", code: "template-unclosed")
  }
}
