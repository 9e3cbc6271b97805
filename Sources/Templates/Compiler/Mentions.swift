/// Finds which of some names a body reads without having assigned them, inner bodies included.
struct Mentions {
  private var sought: Set<String>
  private(set) var found: Set<String> = []

  static func of(_ names: Set<String>, in body: [Statement]) -> Set<String> {
    var mentions = Mentions(sought: names)
    mentions.visit(body)
    return mentions.found
  }

  private init(sought: Set<String>) { self.sought = sought }

  private mutating func visit(_ body: [Statement]) {
    for statement in body where !sought.isEmpty { visit(statement) }
  }

  private mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .text, .block, .breakLoop, .continueLoop: break
    case .print(let value), .run(let value): read(value)
    case .condition(let branches, let otherwise):
      for branch in branches {
        read(branch.test)
        visit(branch.body)
      }
      visit(otherwise)
    case .loop(let loop):
      assign(loop.target)
      read(loop.items)
      visit(loop.body)
      visit(loop.otherwise)
      if let test = loop.test { read(test) }
    case .assign(let target, let value):
      assign(target)
      read(value)
    case .capture(let target, let filter, let body):
      assign(target)
      if let filter { read(filter) }
      visit(body)
    case .macro(let macro): visit(macro)
    case .callBlock(let macro, let call):
      read(call)
      visit(macro)
    case .filterBlock(let filter, let body):
      visit(body)
      read(filter)
    case .with(let pairs, let body):
      for pair in pairs { assign(pair.target) }
      for pair in pairs { read(pair.value) }
      visit(body)
    case .autoescape(let isOn, let body):
      read(isOn)
      visit(body)
    }
  }

  private mutating func visit(_ macro: MacroDefinition) {
    for parameter in macro.parameters { sought.remove(parameter.name) }
    for parameter in macro.parameters { if let value = parameter.value { read(value) } }
    visit(macro.body)
  }

  private mutating func read(_ expression: Expression) {
    switch expression.kind {
    case .name(let name): if sought.contains(name) { found.insert(name) }
    default:
      var names: [String] = []
      collect(expression, &names)
      found.formUnion(sought.intersection(names))
    }
  }

  private func collect(_ expression: Expression, _ names: inout [String]) {
    if case .name(let name) = expression.kind { names.append(name) }
    expression.kind.forEachChild { collect($0, &names) }
  }

  private mutating func assign(_ target: Expression) {
    switch target.kind {
    case .name(let name): sought.remove(name)
    case .tuple(let items), .list(let items): for item in items { assign(item) }
    default: break
    }
  }
}
