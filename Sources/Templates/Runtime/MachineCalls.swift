import Values

extension Machine {
  // MARK: - Arguments

  private mutating func arguments(_ plan: CallPlan, _ callable: Callable?) throws(TemplateError)
    -> TemplateArguments
  {
    if let failure = plan.failure { throw failure }
    var result = TemplateArguments(program.environment, isEscaping: isEscaping)
    if plan.list < 0, plan.map < 0, plan.callable != nil || callable == nil {
      if !plan.slots.isEmpty {
        result.slots.reserveCapacity(plan.slots.count)
        for node in plan.slots { result.slots.append(node >= 0 ? try value(node) : nil) }
      }
      if !plan.positional.isEmpty { for node in plan.positional { result.rest.append(try value(node)) } }
      if !plan.named.isEmpty { for (name, node) in plan.named { result.named[name] = try value(node) } }
      return result
    }
    let (positional, named) = try spread(plan)
    guard let callable else {
      result.rest = positional
      result.named = named
      return result
    }
    try callable.arrange(positional, named, &result)
    return result
  }

  private mutating func spread(_ plan: CallPlan) throws(TemplateError) -> ([Value], OrderedMap) {
    var positional: [Value] = []
    var named = OrderedMap()
    for node in plan.positional { positional.append(try value(node)) }
    for (name, node) in plan.named { named[name] = try value(node) }
    if plan.list >= 0 { positional += try spreadList(plan.list) }
    if plan.map >= 0 {
      guard case .map(let map) = try value(plan.map).defined() else {
        throw TemplateError(.type, "argument after ** must be a mapping")
      }
      for (key, item) in map {
        guard named[key] == nil else {
          throw TemplateError(.type, "got multiple values for keyword argument '\(key.text)'")
        }
        named[key] = item
      }
    }
    return (positional, named)
  }

  private mutating func spreadList(_ node: Node) throws(TemplateError) -> [Value] {
    let list = try value(node)
    do { return try list.elements() } catch {
      guard error.kind == .type else { throw error }
      throw TemplateError(.type, "Value after * must be an iterable, not \(list.typeName)")
    }
  }

  mutating func filter(_ input: Node, _ index: Int32) throws(TemplateError) -> Value {
    let subject = input >= 0 ? try value(input) : captured.last ?? .null
    let plan = program.calls[Int(index)]
    let arguments = try arguments(plan, plan.callable)
    guard let callable = plan.callable else { return .null }
    return try callable.body(subject, arguments)
  }

  mutating func test(_ input: Node, _ index: Int32) throws(TemplateError) -> Value {
    let result = try filter(input, index)
    return .bool(try truth(of: result))
  }

  // MARK: - Calls

  mutating func call(_ node: Node, _ index: Int32) throws(TemplateError) -> Value {
    let callee = try value(node)
    return try apply(callee, program.calls[Int(index)])
  }

  mutating func apply(_ callee: Value, _ plan: CallPlan, caller: Value? = nil) throws(TemplateError) -> Value
  {
    guard case .object(let object) = callee else {
      throw TemplateError(.type, "'\(callee.typeName)' object is not callable")
    }
    switch object {
    case let undefined as Undefined: throw undefined.error
    case let function as FunctionObject: return try call(function.callable, plan, caller)
    case let type as ClassObject: return try call(type.callable, plan, caller)
    default: break
    }
    var given = try arguments(plan, nil)
    if let caller { given.named["caller"] = caller }
    switch object {
    case let macro as MacroObject: return try call(macro, given)
    case let method as MethodObject:
      var receiver = method.receiver
      return try invoke(method.name, on: &receiver, given)
    case let loop as LoopObject: return try call(loop, given)
    case let joiner as JoinerObject: return joiner.next()
    default: throw TemplateError(.type, "'\(callee.typeName)' object is not callable")
    }
  }

  private mutating func call(_ callable: Callable, _ plan: CallPlan, _ caller: Value?) throws(TemplateError)
    -> Value
  {
    var arguments = TemplateArguments(program.environment, isEscaping: isEscaping)
    let (positional, given) = try spread(plan)
    var named = given
    if let caller { named["caller"] = caller }
    try callable.arrange(positional, named, &arguments)
    return try callable.body(.null, arguments)
  }

  private mutating func call(_ loop: LoopObject, _ given: TemplateArguments) throws(TemplateError) -> Value {
    guard loop.isRecursive else {
      throw TemplateError(.type, "The loop must have the 'recursive' marker to be called recursively.")
    }
    guard let items = given.argument(0, named: "iterable") else {
      throw TemplateError(.type, "loop() missing 1 required positional argument: 'iterable'")
    }
    let elements = try items.elements()
    let plan = program.loops[Int(loop.plan)]
    return textValue(
      try recursion(plan, loop.plan, elements, loopDepth: loop.depth + 1, display: loop.display))
  }

  // MARK: - Macros

  func makeMacro(_ index: Int32) -> Value {
    let depth = Int(program.macros[Int(index)].depth)
    return .object(MacroObject(program, index, display: Array(display.prefix(depth)), isEscaping: isEscaping))
  }

  mutating func callBlock(_ macro: Int32, _ node: Node) throws(TemplateError) {
    let caller = makeMacro(macro)
    do {
      let result: Value
      switch program.operations[Int(node)] {
      case .call(let callee, let plan):
        result = try apply(try value(callee), program.calls[Int(plan)], caller: caller)
      case .method(let base, let name, let plan):
        let owner = try value(base)
        result = try apply(
          try attributeOrItem(program.names[Int(name)], of: owner), program.calls[Int(plan)], caller: caller)
      default: result = .null
      }
      try emit(result)
    } catch {
      throw error.at(program.ranges[Int(node)])
    }
  }

  mutating func call(_ macro: MacroObject, _ given: TemplateArguments) throws(TemplateError) -> Value {
    guard macro.program === program else {
      throw TemplateError(.runtime, "a macro can be called only while its template is rendered")
    }
    let plan = macro.plan
    var named = given.named
    var values: [Value?] = Array(given.rest.prefix(plan.parameters.count))
    var takesCaller = plan.declaresCaller && values.count == plan.parameters.count
    for parameter in plan.parameters.dropFirst(values.count) {
      values.append(named[parameter.name])
      named[parameter.name] = nil
      if parameter.name == "caller" { takesCaller = true }
    }
    var caller: Value?
    if plan.caller != nil, !takesCaller {
      caller = named["caller"] ?? .object(Undefined(.hint("No caller defined")))
      named["caller"] = nil
    }
    try check(plan, named, given)
    let outer = isEscaping
    isEscaping = macro.isEscaping
    defer { isEscaping = outer }
    let text = try capturing { (machine) throws(TemplateError) in
      try machine.call(depth: plan.depth, size: plan.size, display: macro.display) {
        (machine) throws(TemplateError) in
        try machine.enterMacro(plan, values)
        if let address = plan.caller { machine.write(address, caller) }
        if let address = plan.named { machine.write(address, .map(named)) }
        if let address = plan.rest {
          machine.write(address, .tuple(Array(given.rest.dropFirst(plan.parameters.count))))
        }
        _ = try machine.run(plan.body)
      }
    }
    return outer ? .markup(text) : .string(text)
  }

  private func check(_ plan: MacroPlan, _ named: OrderedMap, _ given: TemplateArguments) throws(TemplateError)
  {
    let name = plan.name.map(pythonRepr) ?? "None"
    if plan.named == nil, let extra = named.keys.first {
      if extra == "caller" {
        let trouble = "was invoked with two values for the special caller argument"
        throw TemplateError(.type, "macro \(name) \(trouble). This is most likely a bug.")
      }
      throw TemplateError(.type, "macro \(name) takes no keyword argument \(extra.repr)")
    }
    if plan.rest == nil, given.rest.count > plan.parameters.count {
      throw TemplateError(.type, "macro \(name) takes not more than \(plan.parameters.count) argument(s)")
    }
  }

  private mutating func enterMacro(_ plan: MacroPlan, _ values: [Value?]) throws(TemplateError) {
    enter(plan.entries)
    for (parameter, value) in zip(plan.parameters, values) { write(parameter.address, value) }
    for (parameter, given) in zip(plan.parameters, values) where given == nil {
      if parameter.value >= 0 {
        write(parameter.address, try value(parameter.value))
      } else {
        let hint = "parameter \(pythonRepr(parameter.name)) was not provided"
        write(parameter.address, .object(Undefined(.hint(hint), isLenient: program.environment.isLenient)))
      }
    }
  }
}
