import Values

extension Machine {
  mutating func value(_ node: Node) throws(TemplateError) -> Value {
    // Variables and constants are most of what is asked for, and cannot fail.
    switch program.operations[Int(node)] {
    case .constant(let index): return program.constants[Int(index)]
    case .load(let address, let name):
      if let value = read(address) { return value }
      return undefinedVariable(name, node)
    default: break
    }
    depth += 1
    defer { depth -= 1 }
    guard depth < Limits.depth else { throw Limits.tooDeep }
    do {
      return try compute(program.operations[Int(node)], node)
    } catch {
      throw error.at(program.ranges[Int(node)])
    }
  }

  private func undefinedVariable(_ name: Int32, _ node: Node) -> Value {
    .object(
      Undefined(
        .variable(program.names[Int(name)]), isLenient: program.environment.isLenient,
        at: program.ranges[Int(node)]))
  }

  func truth(of value: Value) throws(TemplateError) -> Bool {
    guard case .object(let object) = value else { return value.isTruthy }
    if let undefined = object as? Undefined, !undefined.isLenient { throw undefined.error }
    return object.isTruthy
  }

  mutating func truth(_ node: Node) throws(TemplateError) -> Bool {
    let result = try value(node)
    do { return try truth(of: result) } catch { throw error.at(program.ranges[Int(node)]) }
  }

  /// Each kind has a function of its own, so that this one's frame stays small: it is there at every level.
  private mutating func compute(_ operation: Operation, _ node: Node) throws(TemplateError) -> Value {
    switch operation {
    case .constant, .load: return try value(node)
    case .list(let start, let count): return try nested(.list(try values(start, count)))
    case .tuple(let start, let count): return try nested(.tuple(try values(start, count)))
    case .map(let start, let count): return try map(start, count)
    case .negative(let operand): return try negated(try value(operand))
    case .positive(let operand): return try positive(try value(operand))
    case .not(let operand): return .bool(try !truth(operand))
    case .and(let a, let b): return try both(a, b)
    case .or(let a, let b): return try either(a, b)
    case .arithmetic(let sign, let a, let b): return try arithmetic(sign, a, b)
    case .concatenation(let start, let count): return try concatenation(start, count)
    case .comparison(let sign, let a, let b): return try compared(sign, a, b)
    case .comparisons(let start, let count): return try comparisons(start, count)
    case .conditional(let test, let then, let otherwise): return try conditional(test, then, otherwise, node)
    case .attribute(let base, let name): return try attribute(base, name, node)
    case .item(let base, let index): return try item(base, index, node)
    case .slice(let base, let start): return try slice(base, start)
    case .call(let callee, let plan): return try call(callee, plan)
    case .method(let base, let name, let plan): return try method(base, name, plan, node)
    case .filter(let input, let plan): return try filter(input, plan)
    case .test(let input, let plan): return try test(input, plan)
    case .isDefined(let operand): return .bool(try value(operand).undefined == nil)
    }
  }

  private mutating func values(_ start: Int32, _ count: Int32) throws(TemplateError) -> [Value] {
    var items: [Value] = []
    items.reserveCapacity(Int(count))
    for index in Int(start)..<Int(start + count) { items.append(try value(program.nodes[index])) }
    return items
  }

  /// A new container, unless it goes too deep to print.
  private func nested(_ value: Value) throws(TemplateError) -> Value {
    if let items = value.asList { for item in items { try item.ensureShallow() } }
    return value
  }

  private mutating func map(_ start: Int32, _ count: Int32) throws(TemplateError) -> Value {
    var map = OrderedMap()
    for index in stride(from: Int(start), to: Int(start + count), by: 2) {
      let key = try value(program.nodes[index])
      let item = try value(program.nodes[index + 1])
      try item.ensureShallow()
      map[try key.hashable()] = item
    }
    return .map(map)
  }

  private mutating func both(_ a: Node, _ b: Node) throws(TemplateError) -> Value {
    let left = try value(a)
    do {
      if try !truth(of: left) { return left }
    } catch { throw error.at(program.ranges[Int(a)]) }
    return try value(b)
  }

  private mutating func either(_ a: Node, _ b: Node) throws(TemplateError) -> Value {
    let left = try value(a)
    do {
      if try truth(of: left) { return left }
    } catch { throw error.at(program.ranges[Int(a)]) }
    return try value(b)
  }

  private mutating func arithmetic(_ sign: ArithmeticOperator, _ a: Node, _ b: Node) throws(TemplateError)
    -> Value
  {
    let left = try value(a)
    return try computed(sign, left, try value(b))
  }

  private mutating func concatenation(_ start: Int32, _ count: Int32) throws(TemplateError) -> Value {
    var out = ""
    for item in try values(start, count) {
      if isEscaping, !item.isMarkup { out += escaped(try item.string()) } else { try item.write(to: &out) }
      if out.utf8.count > Limits.bytes { throw Limits.tooMuchText }
    }
    return textValue(out)
  }

  private mutating func compared(_ sign: ComparisonOperator, _ a: Node, _ b: Node) throws(TemplateError)
    -> Value
  {
    let left = try value(a)
    return .bool(try holds(sign, left, try value(b)))
  }

  private mutating func comparisons(_ start: Int32, _ count: Int32) throws(TemplateError) -> Value {
    var left = try value(program.nodes[Int(start)])
    for index in stride(from: Int(start) + 1, to: Int(start + count), by: 2) {
      let sign = ComparisonOperator(rawValue: UInt8(program.nodes[index])) ?? .equal
      let right = try value(program.nodes[index + 1])
      if try !holds(sign, left, right) { return .bool(false) }
      left = right
    }
    return .bool(true)
  }

  private mutating func conditional(_ test: Node, _ then: Node, _ otherwise: Node, _ node: Node)
    throws(TemplateError) -> Value
  {
    if try truth(test) { return try value(then) }
    if otherwise >= 0 { return try value(otherwise) }
    return .object(
      Undefined(
        .hint("the inline if-expression evaluated to false and no else section was defined."),
        isLenient: true, at: program.ranges[Int(node)]))
  }

  private mutating func attribute(_ base: Node, _ name: Int32, _ node: Node) throws(TemplateError) -> Value {
    let owner = try value(base)
    return placed(try attributeOrItem(program.names[Int(name)], of: owner), node)
  }

  private mutating func item(_ base: Node, _ index: Node, _ node: Node) throws(TemplateError) -> Value {
    let owner = try value(base)
    return placed(try member(try value(index), of: owner), node)
  }

  /// A missing member knows where it was asked for.
  private func placed(_ value: Value, _ node: Node) -> Value {
    guard let undefined = value.undefined, undefined.place == nil else { return value }
    return .object(
      Undefined(
        undefined.reason, isLenient: undefined.isLenient || program.environment.isLenient,
        at: program.ranges[Int(node)]))
  }

  private mutating func slice(_ base: Node, _ start: Int32) throws(TemplateError) -> Value {
    let owner = try value(base)
    var bounds: [Value] = []
    for index in Int(start)..<Int(start) + 3 {
      let bound = program.nodes[index]
      bounds.append(bound >= 0 ? try value(bound) : .null)
    }
    return try sliced(owner, bounds[0], bounds[1], bounds[2])
  }
}
