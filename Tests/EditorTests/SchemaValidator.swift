import Values

/// As much of JSON Schema, draft 7, as our schemas use; a keyword that it does not know is a mistake.
struct SchemaValidator {
  let root: Value

  /// What is wrong with a value, with the keys that lead there.
  func mistakes(in value: Value) -> [String] { mistakes(value, root, "") }

  private static let silent: Set = [
    "$schema", "title", "description", "enumDescriptions", "definitions", "then", "else",
  ]

  private func mistakes(_ value: Value, _ schema: Value, _ path: String) -> [String] {
    if schema == true, case .bool = schema { return [] }
    guard let schema = schema.asMap else { return ["\(path): nothing may stand here"] }
    var found: [String] = []
    for (key, argument) in schema { found += check(key.text, argument, value, schema, path) }
    return found
  }

  private func check(
    _ keyword: String, _ argument: Value, _ value: Value, _ schema: OrderedMap, _ path: String
  ) -> [String] {
    switch keyword {
    case "$ref":
      let name = argument.text.split(separator: "/").last.map(String.init) ?? ""
      return mistakes(value, root.asMap?["definitions"]?.asMap?[name] ?? false, path)
    case "type": return isOf(argument.text, value) ? [] : ["\(path): \(value.repr) is no \(argument.text)"]
    case "enum":
      return argument.asList?.contains(value) == true ? [] : ["\(path): \(value.repr) is none of the names"]
    case "const": return argument == value ? [] : ["\(path): \(value.repr) is not \(argument.repr)"]
    case "pattern":
      guard let text = value.asString, let pattern = try? Regex(argument.text) else { return [] }
      return text.contains(pattern) ? [] : ["\(path): \(value.repr) does not look right"]
    case "required":
      guard let map = value.asMap else { return [] }
      return (argument.asList ?? []).filter { map[$0] == nil }.map { "\(path): no `\($0.text)`" }
    case "properties":
      return (argument.asMap ?? [:]).flatMap { key, inner in
        value.asMap?[key].map { mistakes($0, inner, "\(path)/\(key.text)") } ?? []
      }
    case "additionalProperties":
      let known = schema["properties"]?.asMap ?? [:]
      return (value.asMap ?? [:]).filter { known[$0.0] == nil }.flatMap { key, inner in
        mistakes(inner, argument, "\(path)/\(key.text)")
      }
    case "items":
      return (value.asList ?? []).enumerated().flatMap { mistakes($1, argument, "\(path)/\($0)") }
    case "anyOf":
      let each = (argument.asList ?? []).map { mistakes(value, $0, path) }
      return each.contains { $0.isEmpty } ? [] : each.flatMap(\.self)
    case "allOf": return (argument.asList ?? []).flatMap { mistakes(value, $0, path) }
    case "not": return mistakes(value, argument, path).isEmpty ? ["\(path): this must not be"] : []
    case "if":
      let isTrue = mistakes(value, argument, path).isEmpty
      return mistakes(value, schema[isTrue ? "then" : "else"] ?? true, path)
    case let other: return Self.silent.contains(other) ? [] : ["the keyword `\(other)` is not known"]
    }
  }

  private func isOf(_ type: String, _ value: Value) -> Bool {
    switch (type, value) {
    case ("object", .map), ("array", .list), ("string", .string), ("boolean", .bool), ("null", .null),
      ("integer", .int), ("number", .int), ("number", .double):
      true
    default: false
    }
  }
}
