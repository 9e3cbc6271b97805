import Values

/// Calls of `x.name(…)`.
///
/// Lists and dicts are values here, so a method that changes one changes it where it is kept.
extension Machine {
  mutating func method(_ base: Node, _ name: Int32, _ index: Int32, _ node: Node) throws(TemplateError)
    -> Value
  {
    let name = program.names[Int(name)]
    let plan = program.calls[Int(index)]
    let owner = try value(base)
    if case .object(let object) = owner, let undefined = object as? Undefined { throw undefined.error }
    guard Self.isOwnMethod(name, of: owner) else {
      let callee = try attributeOrItem(name, of: owner)
      if case .object = callee { return try apply(callee, plan) }
      if callee.undefined == nil { throw TemplateError(.type, "'\(callee.typeName)' object is not callable") }
      return callee
    }
    let given = try methodArguments(plan)
    if Self.changes(name, owner) {
      // The copy in `owner` must be gone, or changing in place would copy the whole.
      return try changing(base, name, given)
    }
    var receiver = owner
    return try invoke(name, on: &receiver, given)
  }

  private static func isOwnMethod(_ name: String, of owner: Value) -> Bool {
    switch owner {
    case .string: StringMethods.names.contains(name)
    case .list: ListMethods.names.contains(name)
    case .tuple: ListMethods.tupleNames.contains(name)
    case .map: MapMethods.names.contains(name)
    case .int, .bool, .double: NumberMethods.names.contains(name)
    case .object(let object):
      switch object {
      case is Markup: StringMethods.names.contains(name)
      case is LoopObject: name == "cycle" || name == "changed"
      case is CyclerObject: name == "next" || name == "reset"
      default: false
      }
    case .null: false
    }
  }

  private static func changes(_ name: String, _ owner: Value) -> Bool {
    switch owner {
    case .list: ListMethods.changing.contains(name)
    case .map: MapMethods.changing.contains(name)
    default: false
    }
  }

  private mutating func methodArguments(_ plan: CallPlan) throws(TemplateError) -> TemplateArguments {
    var result = TemplateArguments(program.environment, isEscaping: isEscaping)
    for node in plan.positional { result.rest.append(try value(node)) }
    for (name, node) in plan.named { result.named[name] = try value(node) }
    if plan.list >= 0 { result.rest += try value(plan.list).elements() }
    if plan.map >= 0, case .map(let map) = try value(plan.map) { result.named.update(with: map) }
    return result
  }

  func invoke(_ name: String, on receiver: inout Value, _ given: TemplateArguments) throws(TemplateError)
    -> Value
  {
    switch receiver {
    case .string(let text): return try StringMethods.call(name, text, given)
    case .list, .tuple: return try ListMethods.call(name, &receiver, given)
    case .map: return try MapMethods.call(name, &receiver, given)
    case .int, .bool, .double: return try NumberMethods.call(name, receiver, given)
    case .null: break
    case .object(let object):
      switch object {
      case let markup as Markup: return try StringMethods.call(name, markup: markup.string, given)
      case let loop as LoopObject:
        return name == "cycle" ? try loop.cycle(given.rest) : .bool(loop.changed(given.rest))
      case let cycler as CyclerObject:
        if name == "next" { return cycler.next() }
        cycler.reset()
        return .null
      default:
        if let parameters = object.methods[name] { return try call(name, parameters, of: object, given) }
      }
    }
    throw TemplateError(.type, "'\(receiver.typeName)' object has no method '\(name)'")
  }

  private func call(
    _ name: String, _ parameters: [String], of object: any ValueObject, _ given: TemplateArguments
  ) throws(TemplateError) -> Value {
    let names = parameters.map { $0.hasSuffix("=") ? String($0.dropLast()) : $0 }
    let required = parameters.prefix { !$0.hasSuffix("=") }.count
    let arguments = try given.take(name, names, required: required)
    if let result = object.call(name, arguments) { return result }
    throw TemplateError(.type, "\(name)() does not take these arguments")
  }

  // MARK: - Changing in place

  private mutating func changing(_ base: Node, _ name: String, _ given: TemplateArguments)
    throws(TemplateError) -> Value
  {
    for value in given.rest { try value.ensureShallow() }
    return try at(base) { (machine, place) throws(TemplateError) in
      try machine.invoke(name, on: &place, given)
    }
  }

  private typealias Change = (inout Machine, inout Value) throws(TemplateError) -> Value

  /// Changes what an expression names where it is kept; a value kept nowhere is changed and forgotten.
  private mutating func at(_ node: Node, _ change: Change) throws(TemplateError) -> Value {
    switch program.operations[Int(node)] {
    case .load(let address, _):
      guard var place = read(address) else { return .null }
      write(address, .null)
      defer { write(address, place) }
      return try change(&self, &place)
    case .attribute(let base, let name): return try at(base, key: .string(program.names[Int(name)]), change)
    case .item(let base, let index): return try at(base, key: try value(index), change)
    default:
      var place = try value(node)
      return try change(&self, &place)
    }
  }

  private mutating func at(_ base: Node, key: Value, _ change: Change) throws(TemplateError) -> Value {
    try at(base) { (machine, owner) throws(TemplateError) in
      switch owner {
      case .map(var map):
        owner = .null
        defer { owner = .map(map) }
        guard var place = map[key] else { return .null }
        map[key] = .null
        defer { map[key] = place }
        return try change(&machine, &place)
      case .list(var items):
        owner = .null
        defer { owner = .list(items) }
        guard let index = key.asInt.map({ $0 < 0 ? items.count + $0 : $0 }), items.indices.contains(index)
        else {
          return .null
        }
        var place = items[index]
        items[index] = .null
        defer { items[index] = place }
        return try change(&machine, &place)
      case .object(let object):
        guard let namespace = object as? NamespaceObject, let name = key.asString,
          var place = namespace.take(name)
        else { return .null }
        defer { namespace[key] = place }
        return try change(&machine, &place)
      default:
        var place = try member(key, of: owner)
        return try change(&machine, &place)
      }
    }
  }
}
