import Diagnostics
import Values

extension Compiler {
  mutating func expression(_ expression: Expression) -> Node {
    let range = expression.range
    return builder.add(operation(expression), range)
  }

  private mutating func operation(_ expression: Expression) -> Operation {
    switch expression.kind {
    case .constant(let value): return .constant(constant(value))
    case .name(let name), .namespaceAttribute(let name, _): return load(name, expression.range)
    case .list(let items):
      let (start, count) = nodes(items)
      return .list(start: start, count: count)
    case .tuple(let items):
      let (start, count) = nodes(items)
      return .tuple(start: start, count: count)
    case .map(let entries):
      let (start, count) = nodes(entries.flatMap { [$0.key, $0.value] })
      return .map(start: start, count: count)
    case .negative(let operand): return negative(operand)
    case .positive(let operand): return .positive(self.expression(operand))
    case .not(let operand): return .not(self.expression(operand))
    case .and(let a, let b), .or(let a, let b):
      let outer = guarded
      guarded.formUnion(Guards.names(in: expression))
      defer { guarded = outer }
      let (left, right) = (self.expression(a), self.expression(b))
      if case .and = expression.kind { return .and(left, right) }
      return .or(left, right)
    case .arithmetic(let sign, let a, let b): return .arithmetic(sign, self.expression(a), self.expression(b))
    case .concatenation(let parts):
      let (start, count) = nodes(parts)
      return .concatenation(start: start, count: count)
    case .comparison(let first, let rest): return comparison(first, rest)
    case .conditional(let test, let then, let otherwise): return conditional(test, then, otherwise)
    case .attribute(let base, let name): return .attribute(self.expression(base), name: builder.name(name))
    case .item(let base, let index): return .item(self.expression(base), self.expression(index))
    case .slice(let base, let start, let stop, let step):
      let node = self.expression(base)
      let bounds = [start, stop, step].map { $0.map { self.expression($0) } ?? -1 }
      return .slice(node, start: builder.add(bounds).start)
    case .call(let callee, let arguments): return call(callee, arguments)
    case .filter(let input, let name, let arguments, let range): return filter(input, name, arguments, range)
    case .test(let input, let name, let arguments, let range): return test(input, name, arguments, range)
    }
  }

  private mutating func constant(_ value: Value) -> Int32 {
    builder.constants.append(value)
    return Int32(builder.constants.count - 1)
  }

  private mutating func nodes(_ items: [Expression]) -> (start: Int32, count: Int32) {
    builder.add(items.map { expression($0) })
  }

  private mutating func load(_ name: String, _ range: ByteRange) -> Operation {
    let address = scope.find(name) ?? input(name)
    if let place = builder.inputs.first(where: { $0.slot == address.slot }), address.depth == 0 {
      reads.append(
        VariableRead(name: place.name, range: range, isGuarded: isForAbsence || guarded.contains(name)))
    } else if isInput(name) {
      reads.append(VariableRead(name: name, range: range, isGuarded: true))
    }
    return .load(address, name: builder.name(name))
  }

  /// Whether a name that is assigned somewhere may still be what was handed in.
  private func isInput(_ name: String) -> Bool {
    var current: Scope? = scope
    while let here = current {
      if let load = here.loads[name] {
        if case .input = load { return true }
        if case .copy = load { current = here.parent; continue }
        return false
      }
      current = here.parent
    }
    return false
  }

  private mutating func negative(_ operand: Expression) -> Operation {
    switch operand.kind {
    case .constant(.int(let value)): .constant(constant(.int(-value)))
    case .constant(.double(let value)): .constant(constant(.double(-value)))
    default: .negative(expression(operand))
    }
  }

  private mutating func comparison(
    _ first: Expression, _ rest: [(sign: ComparisonOperator, operand: Expression)]
  ) -> Operation {
    let node = expression(first)
    if rest.count == 1 { return .comparison(rest[0].sign, node, expression(rest[0].operand)) }
    var list = [node]
    for link in rest {
      list.append(Node(link.sign.rawValue))
      list.append(expression(link.operand))
    }
    let (start, count) = builder.add(list)
    return .comparisons(start: start, count: count)
  }

  private mutating func conditional(_ test: Expression, _ then: Expression, _ otherwise: Expression?)
    -> Operation
  {
    let outer = (guarded, isSoft, isForAbsence)
    guarded.formUnion(Guards.names(in: test))
    isSoft = true
    defer { (guarded, isSoft, isForAbsence) = outer }
    let absence = Guards.branchesForAbsence(of: test)
    let condition = expression(test)
    isForAbsence = outer.2 || absence.then
    let first = expression(then)
    isForAbsence = outer.2 || absence.otherwise
    return .conditional(test: condition, then: first, otherwise: otherwise.map { expression($0) } ?? -1)
  }

  // MARK: - Calls

  private mutating func call(_ callee: Expression, _ arguments: CallArguments) -> Operation {
    if case .attribute(let base, let name) = callee.kind {
      if !PythonMethods.all.contains(name), !base.isName("self") {
        doubtful.append(DoubtfulUse(kind: .method, name: name, range: callee.range.end(of: name)))
      }
      return .method(expression(base), name: builder.name(name), call: add(plan(arguments)))
    }
    let known = reads.count
    let node = expression(callee)
    if case .name(let name) = callee.kind, reads.count > known, !reads[known].isGuarded,
      builder.environment.globals[name] == nil, name != "super"
    {
      doubtful.append(DoubtfulUse(kind: .function, name: name, range: callee.range))
    }
    return .call(node, add(plan(arguments)))
  }

  /// Notes a method that is printed and not called.
  mutating func noteUncalled(_ printed: Expression) {
    guard case .attribute(_, let name) = printed.kind, PythonMethods.neverColumns.contains(name) else {
      return
    }
    doubtful.append(DoubtfulUse(kind: .uncalled, name: name, range: printed.range.end(of: name)))
  }

  private mutating func filter(
    _ input: Expression?, _ name: String, _ arguments: CallArguments, _ range: ByteRange
  ) -> Operation {
    let outer = guarded
    if name == "default" || name == "d", case .name(let variable)? = input?.kind { guarded.insert(variable) }
    let node = input.map { expression($0) } ?? -1
    guarded = outer
    let callable = builder.environment.filters[name]
    let plan = plan(arguments, callable, "filter", name, builder.environment.filters.keys, range)
    if callable != nil, let failure = plan.failure {
      doubtful.append(DoubtfulUse(kind: .arguments, name: failure.message, range: range))
    }
    return .filter(node, add(plan))
  }

  private mutating func test(
    _ input: Expression, _ name: String, _ arguments: CallArguments, _ range: ByteRange
  ) -> Operation {
    let outer = guarded
    guarded.formUnion(
      name == "defined" || name == "undefined"
        ? Guards.names(in: Expression(.test(input, name, arguments, nameRange: range), range)) : [])
    let node = expression(input)
    guarded = outer
    if arguments.isEmpty, name == "defined" || name == "undefined", builder.environment.hasOwnDefinedTest {
      let isDefined = Operation.isDefined(node)
      return name == "defined" ? isDefined : .not(builder.add(isDefined, range))
    }
    let callable = builder.environment.tests[name]
    let plan = plan(arguments, callable, "test", name, builder.environment.tests.keys, range)
    return .test(node, add(plan))
  }

  private mutating func plan(
    _ arguments: CallArguments, _ callable: Callable?, _ what: String, _ name: String,
    _ known: some Sequence<String>,
    _ range: ByteRange
  ) -> CallPlan {
    guard let callable else {
      let near = Array(known).sorted().nearest(to: name)
      let error = SyntaxError(
        "the \(what) `\(name)` is not known", at: range, help: near.map { "did you mean `\($0)`?" },
        code: what == "filter" ? "unknown-template-filter" : "unknown-template-test")
      if isSoft { doubts.append(error) } else { findings.append(error) }
      var plan = plan(arguments)
      plan.failure = TemplateError(.runtime, "No \(what) named '\(name)' found.", help: error.help)
      return plan
    }
    var plan = plan(arguments)
    plan.callable = callable
    if plan.list < 0, plan.map < 0 { callable.arrange(&plan) }
    return plan
  }

  private mutating func plan(_ arguments: CallArguments) -> CallPlan {
    var plan = CallPlan()
    plan.positional = arguments.positional.map { expression($0) }
    plan.named = arguments.named.map { ($0.name, expression($0.value)) }
    if let list = arguments.list { plan.list = expression(list) }
    if let map = arguments.map { plan.map = expression(map) }
    return plan
  }

  private mutating func add(_ plan: CallPlan) -> Int32 {
    builder.calls.append(plan)
    return Int32(builder.calls.count - 1)
  }
}
