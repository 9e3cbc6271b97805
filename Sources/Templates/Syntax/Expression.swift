import Values

/// What stands between braces, as a tree; each node knows its bytes.
struct Expression {
  indirect enum Kind {
    case constant(Value)
    case name(String)
    case list([Expression])
    case tuple([Expression])
    case map([(key: Expression, value: Expression)])
    case negative(Expression)
    case positive(Expression)
    case not(Expression)
    case and(Expression, Expression)
    case or(Expression, Expression)
    case arithmetic(ArithmeticOperator, Expression, Expression)
    case concatenation([Expression])
    case comparison(Expression, [(sign: ComparisonOperator, operand: Expression)])
    case conditional(test: Expression, then: Expression, otherwise: Expression?)
    case attribute(Expression, String)
    case item(Expression, Expression)
    case slice(Expression, start: Expression?, stop: Expression?, step: Expression?)
    case call(Expression, CallArguments)
    case filter(Expression?, String, CallArguments, nameRange: ByteRange)
    case test(Expression, String, CallArguments, nameRange: ByteRange)
    /// `{% set ns.a = … %}`: the attribute of a namespace, only ever assigned to.
    case namespaceAttribute(String, String)
  }

  let kind: Kind
  let range: ByteRange
  /// How many nodes deep it goes; limited, because evaluation descends.
  let height: Int

  init(_ kind: Kind, _ range: ByteRange) {
    self.kind = kind
    self.range = range
    var tallest = 0
    kind.forEachChild { tallest = max(tallest, $0.height) }
    height = tallest + 1
  }
}

extension Expression {
  func isName(_ name: String) -> Bool { if case .name(name) = kind { true } else { false } }
}

/// What a call, filter or test is given.
struct CallArguments {
  var positional: [Expression] = []
  var named: [(name: String, value: Expression)] = []
  var list: Expression?
  var map: Expression?

  var isEmpty: Bool { positional.isEmpty && named.isEmpty && list == nil && map == nil }

  func forEachChild(_ body: (Expression) -> Void) {
    positional.forEach(body)
    named.forEach { body($0.value) }
    if let list { body(list) }
    if let map { body(map) }
  }
}

enum ArithmeticOperator: UInt8, BitwiseCopyable, Sendable {
  case add, subtract, multiply, divide, floorDivide, modulo, power

  var spelling: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .floorDivide: "//"
    case .modulo: "%"
    case .power: "** or pow()"
    }
  }
}

enum ComparisonOperator: UInt8, BitwiseCopyable, Sendable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, isIn, isNotIn

  var spelling: String {
    switch self {
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .isIn: "in"
    case .isNotIn: "not in"
    }
  }
}

extension Expression.Kind {
  func forEachChild(_ body: (Expression) -> Void) {
    switch self {
    case .constant, .name, .namespaceAttribute: break
    case .list(let items), .tuple(let items), .concatenation(let items): items.forEach(body)
    case .map(let entries):
      for entry in entries {
        body(entry.key)
        body(entry.value)
      }
    case .negative(let it), .positive(let it), .not(let it), .attribute(let it, _): body(it)
    case .and(let a, let b), .or(let a, let b), .arithmetic(_, let a, let b), .item(let a, let b):
      body(a)
      body(b)
    case .comparison(let first, let rest):
      body(first)
      rest.forEach { body($0.operand) }
    case .conditional(let test, let then, let otherwise):
      body(test)
      body(then)
      if let otherwise { body(otherwise) }
    case .slice(let base, let start, let stop, let step):
      body(base)
      [start, stop, step].forEach { if let it = $0 { body(it) } }
    case .call(let callee, let arguments):
      body(callee)
      arguments.forEachChild(body)
    case .filter(let input, _, let arguments, _):
      if let input { body(input) }
      arguments.forEachChild(body)
    case .test(let input, _, let arguments, _):
      body(input)
      arguments.forEachChild(body)
    }
  }
}
