import Values

/// The statements that open a body.
extension Machine {
  mutating func scoped(_ index: Int32) throws(TemplateError) -> Flow {
    let plan = program.bodies[Int(index)]
    enter(plan.entries)
    for (target, node) in plan.targets { try assign(target, try value(node)) }
    return try run(plan.body)
  }

  mutating func autoescape(_ node: Node, _ index: Int32) throws(TemplateError) -> Flow {
    let plan = program.bodies[Int(index)]
    enter(plan.entries)
    let outer = isEscaping
    isEscaping = try truth(node)
    defer { isEscaping = outer }
    return try run(plan.body)
  }

  mutating func capture(_ target: Int32, _ index: Int32, _ filter: Node) throws(TemplateError) {
    let plan = program.bodies[Int(index)]
    enter(plan.entries)
    let text = try capturing { (machine) throws(TemplateError) in _ = try machine.run(plan.body) }
    var result = textValue(text)
    if filter >= 0 { result = try filtered(result, filter) }
    try assign(program.targets[Int(target)], result)
  }

  mutating func filterBlock(_ index: Int32, _ filter: Node) throws(TemplateError) {
    let plan = program.bodies[Int(index)]
    enter(plan.entries)
    let text = try capturing { (machine) throws(TemplateError) in _ = try machine.run(plan.body) }
    let result = try filtered(textValue(text), filter)
    do { try emit(result) } catch { throw error.at(program.ranges[Int(filter)]) }
  }

  private mutating func filtered(_ text: Value, _ filter: Node) throws(TemplateError) -> Value {
    captured.append(text)
    defer { captured.removeLast() }
    return try value(filter)
  }

  mutating func templateBlock(_ index: Int32) throws(TemplateError) {
    let plan = program.bodies[Int(index)]
    try call(depth: plan.depth, size: plan.ownSize, display: display) { (machine) throws(TemplateError) in
      machine.enter(plan.entries)
      _ = try machine.run(plan.body)
    }
  }

  // MARK: - Assigning

  mutating func assign(_ target: Target, _ value: Value) throws(TemplateError) {
    switch target {
    case .variable(let address, let export):
      if export >= 0 { exported[export] = value }
      write(address, value)
    case .attribute(let address, let variable, let name):
      guard case .object(let object)? = read(address), let namespace = object as? NamespaceObject else {
        throw TemplateError(
          .runtime, "cannot assign attribute on non-namespace object",
          help: "set `\(variable)` to `namespace()` first")
      }
      namespace[.string(name)] = value
    case .parts(let targets):
      let parts = try value.elements("unpack")
      guard parts.count == targets.count else { throw unpacking(parts.count, targets.count) }
      for (target, part) in zip(targets, parts) { try assign(target, part) }
    }
  }

  private func unpacking(_ found: Int, _ expected: Int) -> TemplateError {
    found > expected
      ? TemplateError(.value, "too many values to unpack (expected \(expected))")
      : TemplateError(.value, "not enough values to unpack (expected \(expected), got \(found))")
  }

  // MARK: - Loops

  mutating func loop(_ index: Int32) throws(TemplateError) {
    let plan = program.loops[Int(index)]
    let items: [Value]
    let result = try value(plan.items)
    do { items = try result.elements() } catch { throw error.at(program.ranges[Int(plan.items)]) }
    guard plan.isRecursive else { return try rounds(plan, index, items, loopDepth: 0) }
    let text = try recursion(plan, index, items, loopDepth: 0, display: display)
    output += text
    if output.utf8.count > Limits.bytes { throw Limits.tooMuchText }
  }

  /// A recursive loop writes into a text of its own, like a macro.
  mutating func recursion(
    _ plan: LoopPlan, _ index: Int32, _ items: [Value], loopDepth: Int, display: [Int]
  ) throws(TemplateError) -> String {
    try capturing { (machine) throws(TemplateError) in
      try machine.call(depth: plan.depth, size: plan.ownSize, display: display) {
        (machine) throws(TemplateError) in
        try machine.rounds(plan, index, items, loopDepth: loopDepth)
      }
    }
  }

  private mutating func rounds(_ plan: LoopPlan, _ index: Int32, _ all: [Value], loopDepth: Int)
    throws(TemplateError)
  {
    var items = all
    let object: LoopObject?
    if let slot = plan.loopSlot {
      if plan.test >= 0 { items = try passing(plan, all) }
      object = LoopObject(
        items, isLenient: program.environment.isLenient, plan: index, depth: loopDepth,
        isRecursive: plan.isRecursive,
        display: plan.isRecursive ? Array(display.prefix(Int(plan.depth))) : [])
      if let object { write(slot, .object(object)) }
    } else {
      object = nil
    }
    let testsNow = plan.test >= 0 && object == nil
    var ran = false
    for (position, item) in items.enumerated() {
      rounds += 1
      if rounds > program.environment.mostRounds { throw tooManyRounds }
      if testsNow, try !passes(plan, item) { continue }
      if let object, let slot = plan.loopSlot {
        object.index = position
        write(slot, .object(object))
      }
      do { try assign(plan.target, item) } catch { throw error.at(program.ranges[Int(plan.items)]) }
      enter(plan.entries)
      let flow = try run(plan.body)
      if flow == .breakLoop { break }
      // As in Jinja, a round that was left early does not count.
      if flow == .onward { ran = true }
    }
    guard !ran, plan.otherwise >= 0 else { return }
    enter(plan.otherwiseEntries)
    _ = try run(plan.otherwise)
  }

  private var tooManyRounds: TemplateError {
    TemplateError(
      .limit, "the template's loops go round more than \(program.environment.mostRounds) times")
  }

  private mutating func passing(_ plan: LoopPlan, _ items: [Value]) throws(TemplateError) -> [Value] {
    var kept: [Value] = []
    for item in items where try passes(plan, item) { kept.append(item) }
    return kept
  }

  private mutating func passes(_ plan: LoopPlan, _ item: Value) throws(TemplateError) -> Bool {
    enter(plan.testEntries)
    if let target = plan.testTarget { try assign(target, item) }
    return try truth(plan.test)
  }

  // MARK: - Functions

  /// Runs a function's code with slots of its own below those it can see.
  mutating func call(
    depth level: Int32, size: Int32, display outer: [Int],
    _ body: (inout Machine) throws(TemplateError) -> Void
  ) throws(TemplateError) {
    guard calls < Limits.calls else { throw Limits.tooDeep }
    calls += 1
    // A call takes about as much of the stack as three expressions inside one another.
    depth += 3
    let saved = display
    let base = slots.count
    display = Array(outer.prefix(Int(level)))
    display.append(base)
    slots.append(contentsOf: repeatElement(nil, count: Int(size)))
    defer {
      calls -= 1
      depth -= 3
      display = saved
    }
    try body(&self)
    // Macros made inside may still look at these slots, so they stay unless nothing could.
    if !program.keepsSlots { slots.removeSubrange(base...) }
  }
}
