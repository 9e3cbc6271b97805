import Diagnostics
import Values

/// Statements to a program: names become slots, filters and tests become callables.
struct Compiler {
  var builder: ProgramBuilder
  var findings: [SyntaxError] = []
  /// Missing filters in places that may never be reached, which Jinja forgives until then.
  var doubts: [SyntaxError] = []
  var reads: [VariableRead] = []
  /// What is called although nothing has it.
  var doubtful: [DoubtfulUse] = []
  var scope: Scope
  var isTop = true
  /// Within a condition, where Jinja lets an unknown filter pass until it is reached.
  var isSoft = false
  /// Names that the conditions around this place ask after with `is defined`.
  var guarded: Set<String> = []
  /// Within a branch for rows that lack something.
  var isForAbsence = false
  private var inputAddresses: [String: Address] = [:]
  private let root: FunctionLayout
  private var isInBlock = false
  /// How many loops are around this place.
  var loops = 0
  private var topStores: Set<String> = []

  /// One place that reads a variable from outside.
  struct VariableRead {
    var name: String
    var range: ByteRange
    var isGuarded: Bool
  }

  init(_ environment: TemplateEnvironment) {
    builder = ProgramBuilder(environment)
    root = FunctionLayout(depth: 0)
    scope = Scope(parent: nil, function: root)
  }

  mutating func program(_ statements: [Statement]) -> Program {
    builder.exports = Self.hasBlock(statements)
    scope.analyze(statements)
    topStores = scope.stores
    let entries = enter(scope)
    let main = block(statements)
    return Program(builder, main: main, root: root, rootEntries: entries)
  }

  private static func hasBlock(_ statements: [Statement]) -> Bool {
    statements.contains {
      switch $0.kind {
      case .block: true
      case .condition(let branches, let otherwise):
        branches.contains { hasBlock($0.body) } || hasBlock(otherwise)
      case .loop(let loop): hasBlock(loop.body) || hasBlock(loop.otherwise)
      case .capture(_, _, let body), .filterBlock(_, let body), .with(_, let body), .autoescape(_, let body):
        hasBlock(body)
      case .macro(let macro), .callBlock(let macro, _): hasBlock(macro.body)
      case .text, .print, .assign, .run, .breakLoop, .continueLoop: false
      }
    }
  }

  // MARK: - Scopes

  /// The place of what is handed in under a name; one for the whole template, filled before it begins.
  mutating func input(_ name: String) -> Address {
    if let address = inputAddresses[name] { return address }
    let address = root.slot()
    inputAddresses[name] = address
    builder.inputs.append((name, address.slot))
    return address
  }

  mutating func enter(_ scope: Scope) -> [Entry] {
    var places: [String: Address] = [:]
    for (name, load) in scope.loads { if case .input = load { places[name] = input(name) } }
    var exportIndex: [String: Int32] = [:]
    if isInBlock { for name in topStores { exportIndex[name] = builder.name(name) } }
    let inBlock = isInBlock
    // Names that are only read need no slot of their own: they are read where they were put.
    for (name, place) in places where !scope.stores.contains(name) && exportIndex[name] == nil {
      scope.addresses[name] = place
    }
    let all = scope.entries(
      input: { places[$0] ?? Address(depth: 0, slot: 0) }, export: inBlock ? { exportIndex[$0] } : nil)
    return all.filter {
      if case .copy(let from, let to) = $0 { from != to } else { true }
    }
  }

  mutating func within<Result>(_ inner: Scope, _ body: (inout Compiler) -> Result) -> Result {
    let outer = (scope, isTop, isSoft)
    scope = inner
    isTop = false
    isSoft = false
    defer { (scope, isTop, isSoft) = outer }
    return body(&self)
  }

  // MARK: - Statements

  mutating func block(_ statements: [Statement]) -> Int32 {
    var steps: [Step] = []
    steps.reserveCapacity(statements.count)
    for statement in statements { steps.append(step(statement)) }
    return builder.block(steps)
  }

  private mutating func step(_ statement: Statement) -> Step {
    switch statement.kind {
    case .text(let text):
      builder.texts.append(text)
      return .text(Int32(builder.texts.count - 1))
    case .print(let value):
      noteUncalled(value)
      return .print(expression(value))
    case .run(let value): return .run(expression(value))
    case .condition(let branches, let otherwise): return condition(branches[...], otherwise)
    case .loop(let loop): return self.loop(loop, statement.range)
    case .assign(let target, let value): return assign(target, value)
    case .capture(let target, let filter, let body): return capture(target, filter, body)
    case .macro(let macro):
      let plan = self.macro(macro)
      let name = macro.name ?? ""
      let address = scope.find(name) ?? input(name)
      return .macro(plan, address, export: exported(name))
    case .callBlock(let macro, let call):
      let plan = self.macro(macro)
      return .callBlock(plan, expression(call))
    case .filterBlock(let filter, let body): return filterBlock(filter, body)
    case .with(let pairs, let body): return with(pairs, body)
    case .block(_, let isScoped, let body): return templateBlock(isScoped, body)
    case .autoescape(let isOn, let body): return autoescape(isOn, body)
    case .breakLoop: return .breakLoop
    case .continueLoop: return .continueLoop
    }
  }

  private mutating func condition(
    _ branches: ArraySlice<(test: Expression, body: [Statement])>, _ otherwise: [Statement]
  ) -> Step {
    let outer = (isSoft, guarded, isForAbsence)
    isSoft = true
    defer { (isSoft, guarded, isForAbsence) = outer }
    var isOtherwiseForAbsence = isForAbsence
    // From the last to the first, so that each finds the block to go on with.
    var next: Int32 = -1
    var compiled: [(test: Node, body: Int32)] = []
    for branch in branches {
      guarded.formUnion(Guards.names(in: branch.test))
      let absence = Guards.branchesForAbsence(of: branch.test)
      isForAbsence = isOtherwiseForAbsence
      let test = expression(branch.test)
      isForAbsence = isOtherwiseForAbsence || absence.then
      compiled.append((test, block(branch.body)))
      isOtherwiseForAbsence = isOtherwiseForAbsence || absence.otherwise
      isForAbsence = isOtherwiseForAbsence
    }
    if !otherwise.isEmpty { next = block(otherwise) }
    var step = Step.condition(test: -1, then: -1, otherwise: next)
    for (index, branch) in compiled.enumerated().reversed() {
      step = .condition(test: branch.test, then: branch.body, otherwise: next)
      if index > 0 { next = builder.block([step]) }
    }
    return step
  }

  private mutating func assign(_ target: Expression, _ value: Expression) -> Step {
    let node = expression(value)
    refuseLoop(target)
    if case .name(let name) = target.kind, let address = scope.find(name) {
      return .store(address, node, export: exported(name))
    }
    return .assign(target: addTarget(target), node)
  }

  private mutating func exported(_ name: String) -> Int32 {
    isTop && builder.exports ? builder.name(name) : -1
  }

  mutating func addTarget(_ target: Expression) -> Int32 {
    builder.targets.append(self.target(target))
    return Int32(builder.targets.count - 1)
  }

  mutating func target(_ target: Expression) -> Target {
    switch target.kind {
    case .name(let name): .variable(scope.find(name) ?? input(name), export: exported(name))
    case .namespaceAttribute(let variable, let name):
      .attribute(scope.find(variable) ?? input(variable), variable: variable, name: name)
    case .tuple(let items), .list(let items): .parts(items.map { self.target($0) })
    default: .parts([])
    }
  }

  /// Within a loop, `loop` is the loop itself.
  private mutating func refuseLoop(_ target: Expression) {
    switch target.kind {
    case .name("loop") where loops > 0:
      findings.append(
        SyntaxError(
          "found `loop` as the name of a variable, but in a loop that name is the loop itself",
          at: target.range))
    case .tuple(let items): for item in items { refuseLoop(item) }
    default: break
    }
  }

  private mutating func capture(_ target: Expression, _ filter: Expression?, _ body: [Statement]) -> Step {
    let inner = Scope(parent: scope, function: scope.function)
    inner.analyze(body)
    if let filter { inner.analyze(filter) }
    let entries = enter(inner)
    let (plan, node) = within(inner) { compiler in
      (compiler.block(body), filter.map { compiler.expression($0) } ?? -1)
    }
    return .capture(
      target: addTarget(target), body: add(BodyPlan(entries: entries, body: plan)), filter: node)
  }

  private mutating func filterBlock(_ filter: Expression, _ body: [Statement]) -> Step {
    let inner = Scope(parent: scope, function: scope.function)
    inner.analyze(body)
    inner.analyze(filter)
    let entries = enter(inner)
    let (plan, node) = within(inner) { ($0.block(body), $0.expression(filter)) }
    return .filterBlock(body: add(BodyPlan(entries: entries, body: plan)), filter: node)
  }

  private mutating func with(_ pairs: [(target: Expression, value: Expression)], _ body: [Statement]) -> Step
  {
    let inner = Scope(parent: scope, function: scope.function)
    for pair in pairs { inner.declareParameters(pair.target) }
    inner.analyze(body)
    let entries = enter(inner)
    let values = pairs.map { expression($0.value) }
    let plan = within(inner) { compiler in
      let targets = pairs.map { compiler.target($0.target) }
      return BodyPlan(
        targets: Array(zip(targets, values)).map { (target: $0.0, value: $0.1) }, entries: entries,
        body: compiler.block(body))
    }
    return .scoped(body: add(plan))
  }

  private mutating func autoescape(_ isOn: Expression, _ body: [Statement]) -> Step {
    let inner = Scope(parent: scope, function: scope.function)
    inner.analyze(isOn)
    inner.analyze(body)
    let entries = enter(inner)
    let (node, plan) = within(inner) { ($0.expression(isOn), $0.block(body)) }
    return .autoescape(node, body: add(BodyPlan(entries: entries, body: plan)))
  }

  /// A block sees what was handed in and what the top has set, not the loops around it, unless it is scoped.
  private mutating func templateBlock(_ isScoped: Bool, _ body: [Statement]) -> Step {
    let function = FunctionLayout(depth: scope.function.depth + 1)
    let inner = Scope(parent: isScoped ? scope : nil, function: function)
    let wasInBlock = isInBlock
    isInBlock = true
    defer { isInBlock = wasInBlock }
    inner.analyze(body)
    let entries = enter(inner)
    let plan = within(inner) { $0.block(body) }
    return .block(
      add(BodyPlan(entries: entries, body: plan, ownSize: max(1, function.size), depth: function.depth)))
  }

  private mutating func add(_ plan: BodyPlan) -> Int32 {
    builder.bodies.append(plan)
    return Int32(builder.bodies.count - 1)
  }
}
