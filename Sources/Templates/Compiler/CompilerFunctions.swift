import Values

/// Loops and macros: what runs more than once.
extension Compiler {
  mutating func loop(_ loop: Statement.Loop, _ range: ByteRange) -> Step {
    let function =
      loop.isRecursive ? FunctionLayout(depth: scope.function.depth + 1) : scope.function
    let inner = Scope(parent: scope, function: function)
    let usesLoop = loop.isRecursive || Mentions.of(["loop"], in: loop.body).contains("loop")
    let loopSlot = usesLoop ? inner.declareParameter("loop") : nil
    inner.declareParameters(loop.target)
    inner.analyze(loop.body)

    let items = expression(loop.items)
    loops += 1
    defer { loops -= 1 }
    let test = loop.test.map { self.test($0, loop.target, function) }
    let entries = enter(inner)
    let (target, body) = within(inner) { ($0.target(loop.target), $0.block(loop.body)) }
    var otherwise: Int32 = -1
    var otherwiseEntries: [Entry] = []
    if !loop.otherwise.isEmpty {
      let other = Scope(parent: scope, function: function)
      other.analyze(loop.otherwise)
      otherwiseEntries = enter(other)
      otherwise = within(other) { $0.block(loop.otherwise) }
    }
    builder.loops.append(
      LoopPlan(
        items: items, target: target, test: test?.node ?? -1, testTarget: test?.target,
        testEntries: test?.entries ?? [], entries: entries, body: body, otherwise: otherwise,
        otherwiseEntries: otherwiseEntries, loopSlot: loopSlot,
        ownSize: loop.isRecursive ? max(1, function.size) : 0, depth: function.depth,
        isRecursive: loop.isRecursive, range: range))
    return .loop(Int32(builder.loops.count - 1))
  }

  private mutating func test(_ test: Expression, _ target: Expression, _ function: FunctionLayout)
    -> (node: Node, target: Target, entries: [Entry])
  {
    let inner = Scope(parent: scope, function: function)
    inner.declareParameters(target)
    inner.analyze(test)
    let entries = enter(inner)
    return within(inner) { ($0.expression(test), $0.target(target), entries) }
  }

  mutating func macro(_ macro: MacroDefinition) -> Int32 {
    let function = FunctionLayout(depth: scope.function.depth + 1)
    let inner = Scope(parent: scope, function: function)
    for parameter in macro.parameters { inner.declareParameter(parameter.name) }
    for parameter in macro.parameters { if let value = parameter.value { inner.analyze(value) } }
    inner.analyze(macro.body)
    let own = Set(macro.parameters.map(\.name))
    let mentions = Mentions.of(["caller", "kwargs", "varargs"], in: macro.body)
    func special(_ name: String) -> Address? {
      mentions.contains(name) && !own.contains(name) ? inner.declareParameter(name) : nil
    }
    let (caller, named, rest) = (special("caller"), special("kwargs"), special("varargs"))
    let entries = enter(inner)
    let plan = within(inner) { compiler in
      let parameters = macro.parameters.map { parameter in
        MacroPlan.Parameter(
          name: parameter.name, address: inner.find(parameter.name) ?? function.slot(),
          value: parameter.value.map { compiler.expression($0) } ?? -1)
      }
      let body = compiler.block(macro.body)
      return MacroPlan(
        name: macro.name, parameters: parameters, caller: caller, named: named, rest: rest,
        declaresCaller: own.contains("caller"), entries: entries, body: body, size: 0, depth: function.depth)
    }
    builder.macros.append(plan)
    // Slots go on being handed out while the body is compiled.
    builder.macros[builder.macros.count - 1].size = max(1, function.size)
    return Int32(builder.macros.count - 1)
  }
}
