import Values

let selectionFilters: [Callable] = [
  Callable("default", ["default_value=", "boolean="], defaulted),
  Callable("d", ["default_value=", "boolean="], defaulted),
  Callable("attr", ["name"], attributed),
  Callable("map", ["*"], mapped),
  Callable("select", ["*"]) { (value, given) throws(TemplateError) in try chosen(value, given, keeps: true) },
  Callable("reject", ["*"]) { (value, given) throws(TemplateError) in try chosen(value, given, keeps: false)
  },
  Callable("selectattr", ["*"]) { (value, given) throws(TemplateError) in
    try chosen(value, given, keeps: true, byAttribute: true)
  },
  Callable("rejectattr", ["*"]) { (value, given) throws(TemplateError) in
    try chosen(value, given, keeps: false, byAttribute: true)
  },
]

private func defaulted(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  if value.undefined != nil { return given[0] ?? "" }
  if let boolean = given[1], boolean.isTruthy, !value.isTruthy { return given[0] ?? "" }
  return value
}

private func attributed(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  guard let name = given[0]?.anyString else {
    throw TemplateError(.type, "attribute name must be string, not '\(given[0]?.typeName ?? "NoneType")'")
  }
  return try attributeIfAny(name, of: value) ?? .missing(.string(name), in: value)
}

/// Whether Python would find nothing to do; a lenient undefined value counts as empty.
private func isEmpty(_ value: Value) throws(TemplateError) -> Bool {
  if let undefined = value.undefined, !undefined.isLenient { throw undefined.error }
  return !value.isTruthy
}

private func mapped(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  guard try !isEmpty(value) else { return .object(Generator([], name: "sync_do_map")) }
  var results: [Value] = []
  if given.rest.isEmpty, let attribute = given.named["attribute"] {
    for key in given.named.keys where key != "attribute" && key != "default" {
      throw TemplateError(.argument, "Unexpected keyword argument \(key.repr)")
    }
    let path = AttributePath(attribute, substitute: given.named["default"])
    for item in try value.elements() { results.append(try path.value(in: item)) }
  } else {
    guard let name = given.rest.first else {
      throw TemplateError(.argument, "map requires a filter argument")
    }
    let filter = try callable(name, "filter", given)
    let arguments = try arranged(filter, given, from: 1)
    for item in try value.elements() { results.append(try filter.body(item, arguments)) }
  }
  return .object(Generator(results, name: "sync_do_map"))
}

private func callable(_ name: Value, _ what: String, _ given: TemplateArguments) throws(TemplateError)
  -> Callable
{
  let known = what == "filter" ? given.environment.filters : given.environment.tests
  if let undefined = name.undefined {
    throw TemplateError(
      .runtime,
      "No \(what) named Undefined. (\(undefined.message); did you forget to quote the callable name?)")
  }
  guard let name = name.anyString, let found = known[name] else {
    throw TemplateError(.runtime, "No \(what) named \(name.repr).")
  }
  return found
}

private func arranged(_ callable: Callable, _ given: TemplateArguments, from start: Int) throws(TemplateError)
  -> TemplateArguments
{
  var arguments = TemplateArguments(given.environment, isEscaping: given.isEscaping)
  try callable.arrange(Array(given.rest.dropFirst(start)), given.named, &arguments)
  return arguments
}

private func chosen(_ value: Value, _ given: TemplateArguments, keeps: Bool, byAttribute: Bool = false)
  throws(TemplateError) -> Value
{
  guard try !isEmpty(value) else { return .object(Generator([], name: "select_or_reject")) }
  if byAttribute, given.rest.isEmpty {
    throw TemplateError(.argument, "Missing parameter for attribute name")
  }
  let path = AttributePath(byAttribute ? given.rest[0] : nil)
  let skip = byAttribute ? 1 : 0
  let test = given.rest.count > skip ? try callable(given.rest[skip], "test", given) : nil
  let arguments = try test.map { (test) throws(TemplateError) in try arranged(test, given, from: skip + 1) }
  var kept: [Value] = []
  for item in try value.elements() {
    var subject = try path.value(in: item)
    if let test, let arguments { subject = try test.body(subject, arguments) }
    if let undefined = subject.undefined, !undefined.isLenient { throw undefined.error }
    if subject.isTruthy == keeps { kept.append(item) }
  }
  return .object(Generator(kept, name: "select_or_reject"))
}
