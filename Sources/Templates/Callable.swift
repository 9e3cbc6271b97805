import Values

/// A filter, test or function: its parameters and what it does.
struct Callable: Sendable {
  typealias Body = @Sendable (Value, TemplateArguments) throws(TemplateError) -> Value

  /// What Python would call it in a message.
  let name: String
  let parameters: [String]
  /// How many of the parameters must be given.
  let required: Int
  /// Whether more arguments than the parameters are taken.
  let takesMore: Bool
  let body: Body

  /// In `parameters`, a name ending in `=` may be left out; `*` takes all that is left.
  init(_ name: String, _ parameters: [String] = [], _ body: @escaping Body) {
    self.name = name
    takesMore = parameters.contains("*")
    let own = parameters.filter { $0 != "*" }
    required = own.prefix { !$0.hasSuffix("=") }.count
    self.parameters = own.map { $0.hasSuffix("=") ? String($0.dropLast()) : $0 }
    self.body = body
  }

  /// Puts a call's arguments in the places of the parameters while the template is compiled.
  func arrange(_ plan: inout CallPlan) {
    guard !parameters.isEmpty || !takesMore else { return }
    var slots = [Node](repeating: -1, count: parameters.count)
    for (index, node) in plan.positional.prefix(parameters.count).enumerated() { slots[index] = node }
    let rest = Array(plan.positional.dropFirst(parameters.count))
    if !rest.isEmpty, !takesMore { return fail(&plan, tooMany(plan.positional.count)) }
    var others: [(name: String, value: Node)] = []
    for argument in plan.named {
      if let index = parameters.firstIndex(of: argument.name) {
        guard slots[index] < 0 else { return fail(&plan, twice(argument.name)) }
        slots[index] = argument.value
      } else if takesMore {
        others.append(argument)
      } else {
        return fail(&plan, unexpected(argument.name))
      }
    }
    if let missing = slots.prefix(required).firstIndex(where: { $0 < 0 }) {
      return fail(&plan, self.missing(parameters[missing]))
    }
    (plan.slots, plan.positional, plan.named) = (slots, rest, others)
  }

  private func fail(_ plan: inout CallPlan, _ error: TemplateError) { plan.failure = error }

  /// The same for arguments that are known only when the template runs.
  func arrange(_ positional: [Value], _ named: OrderedMap, _ arguments: inout TemplateArguments)
    throws(TemplateError)
  {
    guard !parameters.isEmpty || !takesMore else {
      arguments.rest = positional
      arguments.named = named
      return
    }
    var slots = [Value?](repeating: nil, count: parameters.count)
    for (index, value) in positional.prefix(parameters.count).enumerated() { slots[index] = value }
    arguments.rest = Array(positional.dropFirst(parameters.count))
    if !arguments.rest.isEmpty, !takesMore { throw tooMany(positional.count) }
    for (key, value) in named {
      let name = key.text
      if let index = parameters.firstIndex(of: name) {
        guard slots[index] == nil else { throw twice(name) }
        slots[index] = value
      } else if takesMore {
        arguments.named[key] = value
      } else {
        throw unexpected(name)
      }
    }
    if let missing = slots.prefix(required).firstIndex(where: { $0 == nil }) {
      throw self.missing(parameters[missing])
    }
    arguments.slots = slots
  }

  private func tooMany(_ count: Int) -> TemplateError {
    TemplateError(
      .type, "\(name)() takes at most \(parameters.count) arguments, but \(count) were given",
      help: parameters.isEmpty ? nil : "its arguments are \(parameters.joined(separator: ", "))")
  }

  private func unexpected(_ argument: String) -> TemplateError {
    TemplateError(
      .type, "\(name)() got an unexpected keyword argument '\(argument)'",
      help: parameters.isEmpty ? nil : "its arguments are \(parameters.joined(separator: ", "))")
  }

  private func twice(_ argument: String) -> TemplateError {
    TemplateError(.type, "\(name)() got multiple values for argument '\(argument)'")
  }

  private func missing(_ argument: String) -> TemplateError {
    TemplateError(.type, "\(name)() missing 1 required positional argument: '\(argument)'")
  }
}
