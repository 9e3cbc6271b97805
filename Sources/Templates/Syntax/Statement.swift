/// One piece of a template's body.
struct Statement {
  indirect enum Kind {
    case text(String)
    case print(Expression)
    case condition([(test: Expression, body: [Statement])], otherwise: [Statement])
    case loop(Loop)
    case assign(Expression, Expression)
    case capture(Expression, filter: Expression?, body: [Statement])
    case macro(MacroDefinition)
    case callBlock(MacroDefinition, call: Expression)
    case filterBlock(Expression, body: [Statement])
    case with([(target: Expression, value: Expression)], body: [Statement])
    case block(name: String, isScoped: Bool, body: [Statement])
    case autoescape(Expression, body: [Statement])
    case run(Expression)
    case breakLoop
    case continueLoop
  }

  struct Loop {
    var target: Expression
    var items: Expression
    var test: Expression?
    var isRecursive: Bool
    var body: [Statement]
    var otherwise: [Statement]
  }

  let kind: Kind
  let range: ByteRange

  init(_ kind: Kind, _ range: ByteRange) {
    self.kind = kind
    self.range = range
  }
}

/// A macro, or the body of a `call` block, which is a macro without a name.
struct MacroDefinition {
  var name: String?
  var parameters: [(name: String, value: Expression?)]
  var body: [Statement]
}
