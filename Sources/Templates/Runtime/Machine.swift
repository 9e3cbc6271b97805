import Values

/// One rendering: the slots of the variables, and what has been written so far.
struct Machine {
  let program: Program
  let variables: OrderedMap
  var slots: [Value?]
  /// Where the slots of each function around the running code begin; the template's own are at 0.
  var display: [Int] = [0]
  var output = ""
  var depth = 0
  var calls = 0
  var rounds = 0
  var isEscaping = false
  /// What the top of the template has set, for the blocks.
  var exported: [Int32: Value] = [:]
  /// The text that a filter block or `set` block has captured, waiting for its filter.
  var captured: [Value] = []

  enum Flow { case onward, breakLoop, continueLoop }

  init(_ program: Program, _ variables: OrderedMap) {
    self.program = program
    self.variables = variables
    slots = [Value?](repeating: nil, count: Int(program.rootSize))
    for input in program.inputs {
      slots[Int(input.slot)] = variables[input.name] ?? program.environment.globals[input.name]
    }
  }

  mutating func render() throws(TemplateError) -> String {
    enter(program.rootEntries)
    _ = try run(program.main)
    return output
  }

  /// The value of a template that is one expression.
  mutating func single(_ node: Node) throws(TemplateError) -> Value {
    enter(program.rootEntries)
    return try value(node)
  }

  // MARK: - Slots

  func read(_ address: Address) -> Value? { slots[display[Int(address.depth)] + Int(address.slot)] }

  mutating func write(_ address: Address, _ value: Value?) {
    slots[display[Int(address.depth)] + Int(address.slot)] = value
  }

  mutating func enter(_ entries: [Entry]) {
    for entry in entries {
      switch entry {
      case .copy(let from, let to): write(to, read(from))
      case .clear(let address): write(address, nil)
      case .exported(let name, let input, let to): write(to, exported[name] ?? read(input))
      }
    }
  }

  // MARK: - Bodies

  mutating func run(_ block: Int32) throws(TemplateError) -> Flow {
    depth += 1
    defer { depth -= 1 }
    guard depth < Limits.depth else { throw Limits.tooDeep }
    let steps = program.blocks[Int(block)]
    for step in steps {
      let flow = try perform(step)
      if flow != .onward { return flow }
    }
    return .onward
  }

  private mutating func perform(_ step: Step) throws(TemplateError) -> Flow {
    switch step {
    case .text(let index):
      output += program.texts[Int(index)]
      if output.utf8.count > Limits.bytes { throw Limits.tooMuchText }
    case .print(let node): try print(node)
    case .run(let node): _ = try value(node)
    case .store(let address, let node, let export):
      let result = try value(node)
      if export >= 0 { exported[export] = result }
      write(address, result)
    case .condition(let test, let then, let otherwise):
      if try truth(test) { return try run(then) }
      if otherwise >= 0 { return try run(otherwise) }
    case .loop(let index): try loop(index)
    case .breakLoop: return .breakLoop
    case .continueLoop: return .continueLoop
    case .scoped(let body): return try scoped(body)
    case .autoescape(let node, let body): return try autoescape(node, body)
    case .assign(let target, let node):
      let result = try value(node)
      do { try assign(program.targets[Int(target)], result) } catch {
        throw error.at(program.ranges[Int(node)])
      }
    case .macro(let index, let address, let export):
      let macro = makeMacro(index)
      if export >= 0 { exported[export] = macro }
      write(address, macro)
    case .capture(let target, let body, let filter): try capture(target, body, filter)
    case .callBlock(let macro, let node): try callBlock(macro, node)
    case .filterBlock(let body, let filter): try filterBlock(body, filter)
    case .block(let body): try templateBlock(body)
    }
    return .onward
  }

  // MARK: - Printing

  private mutating func print(_ node: Node) throws(TemplateError) {
    let result = try value(node)
    do {
      try emit(result)
    } catch {
      throw error.at(program.ranges[Int(node)])
    }
  }

  mutating func emit(_ value: Value) throws(TemplateError) {
    if case .string(let string) = value, !isEscaping {
      output += string
    } else if isEscaping, !value.isMarkup {
      output += escaped(try value.string())
    } else {
      try value.write(to: &output)
    }
    if output.utf8.count > Limits.bytes { throw Limits.tooMuchText }
  }

  /// What a body writes, kept from the output.
  mutating func capturing(_ body: (inout Machine) throws(TemplateError) -> Void) throws(TemplateError)
    -> String
  {
    var outer = ""
    swap(&outer, &output)
    defer { swap(&outer, &output) }
    try body(&self)
    return output
  }

  /// A text as an expression of the template gives it: escaped where escaping is on.
  func textValue(_ text: String) -> Value { isEscaping ? .markup(text) : .string(text) }
}
