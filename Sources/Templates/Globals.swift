import Values

/// The functions and classes that every Jinja template can name.
let builtinGlobals: [(String, Value)] = [
  ("range", .object(ClassObject(Callable("range", ["*"], makeRange), text: "<class 'range'>"))),
  ("dict", .object(ClassObject(Callable("dict", ["*"], makeMap), text: "<class 'dict'>"))),
  (
    "cycler",
    .object(ClassObject(Callable("cycler", ["*"], makeCycler), text: "<class 'jinja2.utils.Cycler'>"))
  ),
  (
    "joiner",
    .object(ClassObject(Callable("joiner", ["sep="], makeJoiner), text: "<class 'jinja2.utils.Joiner'>"))
  ),
  (
    "namespace",
    .object(
      ClassObject(Callable("namespace", ["*"], makeNamespace), text: "<class 'jinja2.utils.Namespace'>"))
  ),
  ("lipsum", .object(FunctionObject(Callable("lipsum", ["*"], refuseLipsum)))),
]

private func makeRange(_: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  guard given.named.isEmpty else { throw TemplateError(.type, "range() takes no keyword arguments") }
  let count = given.rest.count
  guard (1...3).contains(count) else {
    throw TemplateError(
      .type,
      count == 0
        ? "range expected at least 1 argument, got 0" : "range expected at most 3 arguments, got \(count)")
  }
  var bounds: [Int] = []
  for value in given.rest { bounds.append(try value.index()) }
  if count == 1 { return .object(try RangeObject(start: 0, stop: bounds[0], step: 1)) }
  let step = count == 3 ? bounds[2] : 1
  guard step != 0 else { throw TemplateError(.value, "range() arg 3 must not be zero") }
  return .object(try RangeObject(start: bounds[0], stop: bounds[1], step: step))
}

private func map(_ name: String, _ given: TemplateArguments) throws(TemplateError) -> OrderedMap {
  guard given.rest.count < 2 else {
    throw TemplateError(.type, "\(name) expected at most 1 argument, got \(given.rest.count)")
  }
  var map = OrderedMap()
  if let source = given.rest.first { map = try MapMethods.pairs(source) }
  map.update(with: given.named)
  return map
}

private func makeMap(_: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  .map(try map("dict", given))
}

private func makeNamespace(_: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  .object(NamespaceObject(try map("dict", given)))
}

private func makeCycler(_: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  guard given.named.isEmpty else { throw TemplateError(.type, "cycler() takes no keyword arguments") }
  guard !given.rest.isEmpty else { throw TemplateError(.runtime, "at least one item has to be provided") }
  return .object(CyclerObject(given.rest))
}

private func makeJoiner(_: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  .object(JoinerObject(given[0] ?? ", "))
}

private func refuseLipsum(_: Value, _: TemplateArguments) throws(TemplateError) -> Value {
  throw TemplateError(
    .unsupported, "lipsum() is not supported",
    help: "its text is random, and requests must be the same each time")
}
