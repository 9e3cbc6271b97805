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
  return try attributeIfAny(name, of: value) ?? given.missing(.string(name), in: value)
}

/// Whether Python would find nothing to do; a lenient undefined value counts as empty.
private func isEmpty(_ value: Value) throws(TemplateError) -> Bool {
  if let undefined = value.undefined, !undefined.isLenient { throw undefined.error }
  return !value.isTruthy
}

private func mapped(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  .object(
    Generator(name: "sync_do_map") { (results) throws(TemplateError) in try map(value, given, &results) })
}

private func map(_ value: Value, _ given: TemplateArguments, _ results: inout [Value]) throws(TemplateError) {
  guard try !isEmpty(value) else { return }
  if given.rest.isEmpty, let attribute = given.named["attribute"] {
    for key in given.named.keys where key != "attribute" && key != "default" {
      throw TemplateError(.argument, "Unexpected keyword argument \(key.repr)")
    }
    let path = AttributePath(attribute, given, substitute: given.named["default"])
    for item in try value.elements() { results.append(try path.value(in: item)) }
  } else {
    guard let name = given.rest.first else {
      throw TemplateError(.argument, "map requires a filter argument")
    }
    let filter = try callable(name, "filter", given)
    let arguments = try arranged(filter, given, from: 1)
    for item in try value.elements() { results.append(try filter.body(item, arguments)) }
  }
}

private func callable(_ name: Value, _ what: String, _ given: TemplateArguments) throws(TemplateError)
  -> Callable
{
  let known = what == "filter" ? given.environment.filters : given.environment.tests
  if let undefined = name.undefined, !undefined.isLenient { throw undefined.error }
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
  .object(
    Generator(name: "select_or_reject") { (kept) throws(TemplateError) in
      try choose(value, given, keeps, byAttribute, &kept)
    })
}

private func choose(
  _ value: Value, _ given: TemplateArguments, _ keeps: Bool, _ byAttribute: Bool, _ kept: inout [Value]
) throws(TemplateError) {
  guard try !isEmpty(value) else { return }
  if byAttribute, given.rest.isEmpty {
    throw TemplateError(.argument, "Missing parameter for attribute name")
  }
  let path = AttributePath(byAttribute ? given.rest[0] : nil, given)
  let skip = byAttribute ? 1 : 0
  let test = given.rest.count > skip ? try callable(given.rest[skip], "test", given) : nil
  let arguments = try test.map { (test) throws(TemplateError) in try arranged(test, given, from: skip + 1) }
  for item in try value.elements() {
    var subject = try path.value(in: item)
    if let test, let arguments { subject = try test.body(subject, arguments) }
    if let undefined = subject.undefined, !undefined.isLenient { throw undefined.error }
    if subject.isTruthy == keeps { kept.append(item) }
  }
}
