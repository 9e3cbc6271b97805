import Diagnostics
import Values

extension Parser {
  static let words = [
    "for", "if", "set", "macro", "call", "filter", "with", "block", "autoescape", "raw", "print",
  ]

  /// The statement whose word is current; `closers` are the words that would end the block around it.
  mutating func statement(_ closers: [String]) throws(SyntaxError) -> [Statement] {
    let token = current
    guard token.kind == .name else { throw mismatch(expected: "the name of a statement") }
    let name = text(token)
    open.append((name, token.range))
    defer { open.removeLast() }
    let start = token.range
    switch name {
    case "for": return [Statement(.loop(try loop()), start)]
    case "if": return [Statement(try condition(), start)]
    case "set": return [Statement(try set(), start)]
    case "macro": return [Statement(.macro(try macro()), start)]
    case "call": return [Statement(try callBlock(), start)]
    case "filter": return [Statement(try filterBlock(), start)]
    case "with": return [Statement(try with(), start)]
    case "block": return [Statement(try block(), start)]
    case "autoescape": return [Statement(try autoescape(), start)]
    case "print": return try print()
    case "break" where allowsLoopControls, "continue" where allowsLoopControls:
      next()
      return [Statement(name == "break" ? .breakLoop : .continueLoop, start)]
    case "do" where allowsRun:
      next()
      return [Statement(.run(try tuple()), start)]
    case "include", "import", "extends", "from":
      throw SyntaxError(
        "found `\(name)`, but there are no other templates to load", at: start,
        help: "write the text here, or use a macro", code: "template-needs-loader")
    default: throw unknown(name, closers)
    }
  }

  private func unknown(_ name: String, _ closers: [String]) -> SyntaxError {
    let range = current.range
    if name.hasPrefix("end") || name == "else" || name == "elif" {
      // `open` ends with the unknown word itself.
      if open.count > 1, !closers.isEmpty {
        let block = open[open.count - 2].name
        return SyntaxError(
          "found `\(name)`, expected \(closers.map { "`\($0)`" }.joined(separator: " or "))", at: range,
          help: "the innermost open block is `\(block)`")
      }
      return SyntaxError("found `\(name)`, but no block is open that it could belong to", at: range)
    }
    var help: String?
    if name == "do" || name == "break" || name == "continue" {
      help = "it belongs to an extension of Jinja that is not on here"
    } else if let near = (Self.words + closers).nearest(to: name) {
      help = "did you mean `\(near)`?"
    }
    return SyntaxError("the statement `\(name)` is not known", at: range, help: help)
  }

  private mutating func loop() throws(SyntaxError) -> Statement.Loop {
    next()
    let target = try assignable(until: "in")
    try refuseLoopVariable(target)
    try expectName("in")
    let items = try tuple(conditional: false, until: "recursive")
    let test = skipName("if") ? try expression() : nil
    let isRecursive = skipName("recursive")
    let body = try body("endfor", "else")
    let otherwise = isName("else", next()) ? try closedBody("endfor") : []
    return Statement.Loop(
      target: target, items: items, test: test, isRecursive: isRecursive, body: body, otherwise: otherwise)
  }

  private func refuseLoopVariable(_ target: Expression) throws(SyntaxError) {
    switch target.kind {
    case .name("loop"):
      throw SyntaxError(
        "found `loop` as a loop's variable, but that name is the loop itself", at: target.range)
    case .tuple(let items), .list(let items): for item in items { try refuseLoopVariable(item) }
    default: break
    }
  }

  private mutating func condition() throws(SyntaxError) -> Statement.Kind {
    var branches: [(test: Expression, body: [Statement])] = []
    var closer: Token
    repeat {
      next()
      let test = try tuple(conditional: false)
      branches.append((test, try body("elif", "else", "endif")))
      closer = current
    } while isName("elif", closer)
    next()
    let otherwise = isName("else", closer) ? try closedBody("endif") : []
    return .condition(branches, otherwise: otherwise)
  }

  private mutating func set() throws(SyntaxError) -> Statement.Kind {
    next()
    let target = try assignable(withNamespace: true)
    if skip(.assign) { return .assign(target, try tuple()) }
    let filter = try filters(nil)
    return .capture(target, filter: filter, body: try closedBody("endset"))
  }

  private mutating func macro() throws(SyntaxError) -> MacroDefinition {
    next()
    let name = try name()
    let parameters = try signature()
    return MacroDefinition(name: name, parameters: parameters, body: try closedBody("endmacro"))
  }

  private mutating func name() throws(SyntaxError) -> String {
    let token = try expect(.name)
    let name = text(token)
    if ["true", "false", "none", "True", "False", "None"].contains(name) {
      throw SyntaxError("found `\(name)`, expected a name that can be assigned", at: token.range)
    }
    return name
  }

  private mutating func signature() throws(SyntaxError) -> [(name: String, value: Expression?)] {
    try expect(.leftParenthesis)
    var parameters: [(name: String, value: Expression?)] = []
    while current.kind != .rightParenthesis {
      if !parameters.isEmpty { try expect(.comma) }
      let range = current.range
      let name = try name()
      let value = skip(.assign) ? try expression() : nil
      if value == nil, parameters.last?.value != nil {
        throw SyntaxError("found `\(name)` without a default after one that has a default", at: range)
      }
      parameters.append((name, value))
    }
    try expect(.rightParenthesis)
    return parameters
  }

  private mutating func callBlock() throws(SyntaxError) -> Statement.Kind {
    next()
    let parameters = current.kind == .leftParenthesis ? try signature() : []
    let call = try expression()
    guard case .call = call.kind else {
      throw SyntaxError("found another expression, expected a call such as `name(…)`", at: call.range)
    }
    let body = try closedBody("endcall")
    return .callBlock(MacroDefinition(name: nil, parameters: parameters, body: body), call: call)
  }

  private mutating func filterBlock() throws(SyntaxError) -> Statement.Kind {
    next()
    var filter = try filter(nil)
    while skip(.pipe) { filter = try self.filter(filter) }
    return .filterBlock(filter, body: try closedBody("endfilter"))
  }

  private mutating func with() throws(SyntaxError) -> Statement.Kind {
    next()
    var pairs: [(target: Expression, value: Expression)] = []
    while current.kind != .blockEnd {
      if !pairs.isEmpty { try expect(.comma) }
      let target = try assignable()
      try expect(.assign)
      pairs.append((target, try expression()))
    }
    return .with(pairs, body: try closedBody("endwith"))
  }

  private mutating func block() throws(SyntaxError) -> Statement.Kind {
    next()
    let name = text(try expect(.name))
    let isScoped = skipName("scoped")
    if isName("required") {
      throw SyntaxError(
        "found a `required` block, but there are no other templates to fill it", at: current.range,
        code: "template-needs-loader")
    }
    let body = try closedBody("endblock")
    if current.kind == .name, text(current) == name { next() }
    return .block(name: name, isScoped: isScoped, body: body)
  }

  private mutating func autoescape() throws(SyntaxError) -> Statement.Kind {
    next()
    let isOn = try expression()
    return .autoescape(isOn, body: try closedBody("endautoescape"))
  }

  private mutating func print() throws(SyntaxError) -> [Statement] {
    next()
    var all: [Statement] = []
    while current.kind != .blockEnd {
      if !all.isEmpty { try expect(.comma) }
      let value = try expression()
      all.append(Statement(.print(value), value.range))
    }
    return all
  }

  // MARK: - Targets

  /// Names between commas, brackets or parentheses; `ns.name` where a namespace may be assigned.
  private mutating func assignable(withNamespace: Bool = false, until closer: StaticString? = nil)
    throws(SyntaxError) -> Expression
  {
    let start = current.range
    var items: [Expression] = []
    var isTuple = false
    while true {
      if !items.isEmpty { try expect(.comma) }
      if endsTuple(closer) { break }
      items.append(try target(withNamespace))
      guard current.kind == .comma else { break }
      isTuple = true
    }
    let result: Expression
    if let only = items.first, !isTuple {
      result = only
    } else if items.isEmpty {
      throw mismatch(expected: "a name to assign to")
    } else {
      result = try node(.tuple(items), start.through(previous.range))
    }
    try ensureAssignable(result)
    return result
  }

  private mutating func target(_ withNamespace: Bool) throws(SyntaxError) -> Expression {
    let token = current
    if withNamespace, token.kind == .name, peek().kind == .dot {
      next()
      next()
      let attribute = try expect(.name)
      return Expression(
        .namespaceAttribute(text(token), text(attribute)), token.range.through(attribute.range))
    }
    depth += 1
    defer { depth -= 1 }
    return try primary()
  }

  private func ensureAssignable(_ target: Expression) throws(SyntaxError) {
    switch target.kind {
    case .name, .namespaceAttribute: break
    case .tuple(let items): for item in items { try ensureAssignable(item) }
    default:
      throw SyntaxError("found something that cannot be assigned to, expected a name", at: target.range)
    }
  }
}
