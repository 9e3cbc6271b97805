import Values

extension Parser {
  // Binding strength, weakest first. `not` stands between `and` and the comparisons.
  private static let or = 1
  private static let and = 2
  private static let not = 3
  private static let comparison = 4
  private static let sum = 5
  private static let concatenation = 6
  private static let product = 7
  private static let power = 8

  mutating func expression(conditional: Bool = true) throws(SyntaxError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw tooDeep() }
    var result = try operation(Self.or)
    while conditional, skipName("if") {
      let test = try operation(Self.or)
      let otherwise = skipName("else") ? try expression() : nil
      result = try node(
        .conditional(test: test, then: result, otherwise: otherwise),
        result.range.through((otherwise ?? test).range))
    }
    return result
  }

  /// A finished node, unless it has grown too tall to walk.
  func node(_ kind: Expression.Kind, _ range: ByteRange) throws(SyntaxError) -> Expression {
    let made = Expression(kind, range)
    guard made.height <= Self.tallest else {
      throw SyntaxError("this expression has more than \(Self.tallest) parts inside one another", at: range)
    }
    return made
  }

  private mutating func operation(_ level: Int) throws(SyntaxError) -> Expression {
    var left: Expression
    if level <= Self.not, isName("not") {
      let start = next().range
      depth += 1
      defer { depth -= 1 }
      guard depth <= Self.deepest else { throw tooDeep() }
      let operand = try operation(Self.not)
      left = try node(.not(operand), start.through(operand.range))
    } else {
      left = try unary()
    }
    while true {
      if level <= Self.or, skipName("or") {
        let right = try operation(Self.and)
        left = try node(.or(left, right), left.range.through(right.range))
      } else if level <= Self.and, skipName("and") {
        let right = try operation(Self.not)
        left = try node(.and(left, right), left.range.through(right.range))
      } else if level <= Self.comparison, let first = takeComparison() {
        left = try comparison(left, first)
      } else if level <= Self.concatenation, current.kind == .tilde {
        left = try concatenation(left)
      } else if let (sign, strength) = arithmetic(), level <= strength {
        next()
        let right = try operation(strength + 1)
        left = try node(.arithmetic(sign, left, right), left.range.through(right.range))
      } else {
        return left
      }
    }
  }

  private func arithmetic() -> (ArithmeticOperator, Int)? {
    switch current.kind {
    case .add: (.add, Self.sum)
    case .subtract: (.subtract, Self.sum)
    case .multiply: (.multiply, Self.product)
    case .divide: (.divide, Self.product)
    case .floorDivide: (.floorDivide, Self.product)
    case .modulo: (.modulo, Self.product)
    case .power: (.power, Self.power)
    default: nil
    }
  }

  private mutating func takeComparison() -> ComparisonOperator? {
    let found: ComparisonOperator
    switch current.kind {
    case .equal: found = .equal
    case .notEqual: found = .notEqual
    case .less: found = .less
    case .lessOrEqual: found = .lessOrEqual
    case .greater: found = .greater
    case .greaterOrEqual: found = .greaterOrEqual
    case .name where isName("in"): found = .isIn
    case .name where isName("not") && isName("in", peek()):
      next()
      found = .isNotIn
    default: return nil
    }
    next()
    return found
  }

  private mutating func comparison(_ left: Expression, _ first: ComparisonOperator) throws(SyntaxError)
    -> Expression
  {
    var rest: [(sign: ComparisonOperator, operand: Expression)] = [(first, try operation(Self.sum))]
    while let other = takeComparison() { rest.append((other, try operation(Self.sum))) }
    return try node(.comparison(left, rest), left.range.through(previous.range))
  }

  private mutating func concatenation(_ left: Expression) throws(SyntaxError) -> Expression {
    var parts = [left]
    while skip(.tilde) { parts.append(try operation(Self.product)) }
    return try node(.concatenation(parts), left.range.through(previous.range))
  }

  private mutating func unary(withFilters: Bool = true) throws(SyntaxError) -> Expression {
    let start = current.range
    var result: Expression
    if current.kind == .subtract || current.kind == .add {
      depth += 1
      defer { depth -= 1 }
      guard depth <= Self.deepest else { throw tooDeep() }
      let isNegative = next().kind == .subtract
      let operand = try unary(withFilters: false)
      result = try node(
        isNegative ? .negative(operand) : .positive(operand), start.through(operand.range))
    } else {
      result = try primary()
    }
    result = try postfix(result)
    return withFilters ? try filtersAndTests(result) : result
  }

  // MARK: - Primaries

  mutating func primary() throws(SyntaxError) -> Expression {
    let token = current
    switch token.kind {
    case .name:
      next()
      return Expression(named(token), token.range)
    case .string:
      var value = ""
      while current.kind == .string { value += try string(next()) }
      return Expression(.constant(.string(value)), token.range.through(previous.range))
    case .integer, .float:
      next()
      return Expression(.constant(try number(token)), token.range)
    case .leftParenthesis:
      next()
      let inner = try tuple(isParenthesized: true)
      try expect(.rightParenthesis)
      return Expression(inner.kind, token.range.through(previous.range))
    case .leftBracket: return try list()
    case .leftBrace: return try map()
    default: throw mismatch(expected: "an expression")
    }
  }

  private func named(_ token: Token) -> Expression.Kind {
    switch text(token) {
    case "true", "True": .constant(.bool(true))
    case "false", "False": .constant(.bool(false))
    case "none", "None": .constant(.null)
    case let name: .name(name)
    }
  }

  private func string(_ token: Token) throws(SyntaxError) -> String {
    let inner = ByteRange(Int(token.range.start) + 1, Int(token.range.end) - 1)
    let text = scanner.text(inner)
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
    var literal = StringLiteral(text, at: token.range)
    return try literal.value()
  }

  private func number(_ token: Token) throws(SyntaxError) -> Value {
    let digits = text(token).filter { $0 != "_" }
    if token.kind == .float { return .double(Double(digits) ?? .infinity) }
    let radix: Int? =
      switch digits.dropFirst().first {
      case "x", "X": 16
      case "o", "O": 8
      case "b", "B": 2
      default: nil
      }
    let plain = radix == nil ? digits[...] : digits.dropFirst(2)
    // Python takes no more than 4300 digits.
    guard digits.utf8.count <= 4300, let value = WholeNumber(plain, radix: radix ?? 10)?.value else {
      throw SyntaxError("the integer `\(digits.prefix(40))…` is too large", at: token.range)
    }
    return value
  }

  private mutating func list() throws(SyntaxError) -> Expression {
    let start = try expect(.leftBracket).range
    var items: [Expression] = []
    while current.kind != .rightBracket {
      if !items.isEmpty { try expect(.comma) }
      if current.kind == .rightBracket { break }
      items.append(try expression())
    }
    try expect(.rightBracket)
    return try node(.list(items), start.through(previous.range))
  }

  private mutating func map() throws(SyntaxError) -> Expression {
    let start = try expect(.leftBrace).range
    var entries: [(key: Expression, value: Expression)] = []
    while current.kind != .rightBrace {
      if !entries.isEmpty { try expect(.comma) }
      if current.kind == .rightBrace { break }
      let key = try expression()
      try expect(.colon)
      entries.append((key, try expression()))
    }
    try expect(.rightBrace)
    return try node(.map(entries), start.through(previous.range))
  }

  /// Expressions between commas; a single one without a comma is itself.
  mutating func tuple(
    conditional: Bool = true, isParenthesized: Bool = false, until closer: StaticString? = nil
  ) throws(SyntaxError) -> Expression {
    let start = current.range
    var items: [Expression] = []
    var isTuple = false
    while true {
      if !items.isEmpty { try expect(.comma) }
      if endsTuple(closer) { break }
      items.append(try expression(conditional: conditional))
      guard current.kind == .comma else { break }
      isTuple = true
    }
    if !isTuple {
      if let only = items.first { return only }
      guard isParenthesized else { throw mismatch(expected: "an expression") }
    }
    return try node(.tuple(items), start.through(previous.range))
  }

  func endsTuple(_ closer: StaticString?) -> Bool {
    switch current.kind {
    case .variableEnd, .blockEnd, .rightParenthesis: true
    default: closer.map { isName($0) } ?? false
    }
  }
}
