import Values

/// What may follow a primary: attributes, items, calls, filters and tests.
extension Parser {
  mutating func postfix(_ base: Expression) throws(SyntaxError) -> Expression {
    var result = base
    while true {
      switch current.kind {
      case .dot: result = try attribute(result)
      case .leftBracket: result = try item(result)
      case .leftParenthesis: result = try call(result)
      default: return result
      }
    }
  }

  mutating func filtersAndTests(_ base: Expression) throws(SyntaxError) -> Expression {
    var result = base
    while true {
      switch current.kind {
      case .pipe:
        next()
        result = try filter(result)
      case .name where isName("is"): result = try test(result)
      case .leftParenthesis: result = try call(result)
      default: return result
      }
    }
  }

  private mutating func attribute(_ base: Expression) throws(SyntaxError) -> Expression {
    next()
    let token = current
    switch token.kind {
    case .name:
      next()
      return try node(.attribute(base, text(token)), base.range.through(token.range))
    case .integer:
      next()
      let index = Expression(.constant(.int(Int(text(token).filter { $0 != "_" }) ?? .max)), token.range)
      return try node(.item(base, index), base.range.through(token.range))
    default: throw mismatch(expected: "a name or a number")
    }
  }

  private mutating func item(_ base: Expression) throws(SyntaxError) -> Expression {
    next()
    var items: [Subscript] = []
    while current.kind != .rightBracket {
      if !items.isEmpty { try expect(.comma) }
      items.append(try subscribed())
    }
    let end = try expect(.rightBracket).range
    let range = base.range.through(end)
    if items.count == 1 {
      switch items[0] {
      case .index(let index): return try node(.item(base, index), range)
      case .slice(let start, let stop, let step):
        return try node(.slice(base, start: start, stop: stop, step: step), range)
      }
    }
    var parts: [Expression] = []
    for case .index(let part) in items { parts.append(part) }
    guard parts.count == items.count else {
      throw SyntaxError("found a slice among several indices, expected one index or one slice", at: range)
    }
    return try node(.item(base, Expression(.tuple(parts), range)), range)
  }

  private enum Subscript {
    case index(Expression)
    case slice(Expression?, Expression?, Expression?)
  }

  private mutating func subscribed() throws(SyntaxError) -> Subscript {
    var start: Expression?
    if current.kind != .colon {
      let first = try expression()
      guard current.kind == .colon else { return .index(first) }
      start = first
    }
    next()
    let stop = try bound()
    let step = skip(.colon) ? try bound() : nil
    return .slice(start, stop, step)
  }

  private mutating func bound() throws(SyntaxError) -> Expression? {
    switch current.kind {
    case .colon, .rightBracket, .comma: nil
    default: try expression()
    }
  }

  mutating func call(_ callee: Expression) throws(SyntaxError) -> Expression {
    let arguments = try arguments()
    return try node(.call(callee, arguments), callee.range.through(previous.range))
  }

  mutating func arguments() throws(SyntaxError) -> CallArguments {
    let start = try expect(.leftParenthesis).range
    var result = CallArguments()
    var isFirst = true
    while current.kind != .rightParenthesis {
      if !isFirst {
        try expect(.comma)
        if current.kind == .rightParenthesis { break }
      }
      isFirst = false
      try argument(&result, start)
    }
    try expect(.rightParenthesis)
    return result
  }

  private mutating func argument(_ result: inout CallArguments, _ start: ByteRange) throws(SyntaxError) {
    func ensure(_ holds: Bool, _ what: String) throws(SyntaxError) {
      guard holds else { throw SyntaxError(what, at: start.through(current.range)) }
    }
    if skip(.multiply) {
      try ensure(result.list == nil && result.map == nil, "found a second `*` or one after `**` in a call")
      result.list = try expression()
    } else if skip(.power) {
      try ensure(result.map == nil, "found a second `**` in a call")
      result.map = try expression()
    } else if current.kind == .name, peek().kind == .assign {
      try ensure(result.map == nil, "found a named argument after `**`")
      let name = text(next())
      next()
      try ensure(!result.named.contains { $0.name == name }, "found the argument `\(name)` twice in a call")
      result.named.append((name, try expression()))
    } else {
      try ensure(
        result.list == nil && result.map == nil && result.named.isEmpty,
        "found an argument without a name after one with a name, expected it before")
      result.positional.append(try expression())
    }
  }

  /// `name.of.filter(arguments)`, after its bar.
  mutating func filter(_ input: Expression?) throws(SyntaxError) -> Expression {
    let (name, range) = try dottedName()
    let arguments = current.kind == .leftParenthesis ? try arguments() : CallArguments()
    let start = input?.range ?? range
    return try node(
      .filter(input, name, arguments, nameRange: range), start.through(previous.range))
  }

  mutating func filters(_ first: Expression?) throws(SyntaxError) -> Expression? {
    var result = first
    while skip(.pipe) { result = try filter(result) }
    return result
  }

  private mutating func dottedName() throws(SyntaxError) -> (String, ByteRange) {
    let first = try expect(.name)
    var name = text(first)
    while skip(.dot) { name += "." + text(try expect(.name)) }
    return (name, first.range.through(previous.range))
  }

  private mutating func test(_ input: Expression) throws(SyntaxError) -> Expression {
    next()
    let isNegated = skipName("not")
    let (name, range) = try dottedName()
    var arguments = CallArguments()
    if current.kind == .leftParenthesis {
      arguments = try self.arguments()
    } else if startsArgument() {
      if isName("is") {
        throw SyntaxError("found a second `is`, expected `and` between two tests", at: current.range)
      }
      arguments.positional = [try postfix(try primary())]
    }
    let whole = input.range.through(previous.range)
    let test = try node(.test(input, name, arguments, nameRange: range), whole)
    return isNegated ? try node(.not(test), whole) : test
  }

  /// Whether a test's argument without parentheses begins here.
  private func startsArgument() -> Bool {
    switch current.kind {
    case .string, .integer, .float, .leftBracket, .leftBrace: true
    case .name: !isName("else") && !isName("or") && !isName("and")
    default: false
    }
  }
}
