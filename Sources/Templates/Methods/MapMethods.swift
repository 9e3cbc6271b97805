import Values

/// The methods of Python's `dict`.
enum MapMethods {
  static let names: Set<String> = [
    "clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update", "values",
  ]
  static let changing: Set<String> = ["clear", "pop", "popitem", "setdefault", "update"]

  static func call(_ name: String, _ receiver: inout Value, _ given: TemplateArguments) throws(TemplateError)
    -> Value
  {
    guard case .map(let map) = receiver else { return .null }
    switch name {
    case "items":
      _ = try given.take("items", [])
      return .object(ViewObject("dict_items", map.map { .tuple([$0.0, $0.1]) }))
    case "keys":
      _ = try given.take("keys", [])
      return .object(ViewObject("dict_keys", map.keys))
    case "values":
      _ = try given.take("values", [])
      return .object(ViewObject("dict_values", map.values))
    case "get":
      try atLeastOne("get", given)
      let arguments = given.rest
      return map[try arguments[0].hashable()] ?? (arguments.count > 1 ? arguments[1] : .null)
    case "copy": return receiver
    case "fromkeys":
      var made = OrderedMap()
      for key in try (given.rest.first ?? .list([])).elements() {
        made[try key.hashable()] = given.rest.count > 1 ? given.rest[1] : .null
      }
      return .map(made)
    default: break
    }
    var changed = map
    receiver = .null
    defer { receiver = .map(changed) }
    return try change(name, &changed, given)
  }

  private static func atLeastOne(_ name: String, _ given: TemplateArguments) throws(TemplateError) {
    guard !given.rest.isEmpty else {
      throw TemplateError(.type, "\(name) expected at least 1 argument, got 0")
    }
    guard given.named.isEmpty else { throw TemplateError(.type, "dict.\(name)() takes no keyword arguments") }
    guard given.rest.count < 3 else {
      throw TemplateError(.type, "\(name) expected at most 2 arguments, got \(given.rest.count)")
    }
  }

  private static func change(_ name: String, _ map: inout OrderedMap, _ given: TemplateArguments)
    throws(TemplateError) -> Value
  {
    switch name {
    case "clear": map = OrderedMap()
    case "update":
      for source in given.rest { map.update(with: try pairs(source)) }
      map.update(with: given.named)
    case "setdefault":
      try atLeastOne(name, given)
      let key = try given.rest[0].hashable()
      if let found = map[key] { return found }
      let value = given.rest.count > 1 ? given.rest[1] : .null
      map[key] = value
      return value
    case "pop":
      try atLeastOne(name, given)
      let key = try given.rest[0].hashable()
      guard let found = map[key] else {
        guard given.rest.count > 1 else { throw TemplateError(.lookup, key.repr) }
        return given.rest[1]
      }
      map[key] = nil
      return found
    default:
      guard let key = map.keys.last, let value = map.values.last else {
        throw TemplateError(.lookup, "'popitem(): dictionary is empty'")
      }
      map[key] = nil
      return .tuple([key, value])
    }
    return .null
  }

  /// What Python's `dict(x)` makes of a mapping or of pairs.
  static func pairs(_ source: Value) throws(TemplateError) -> OrderedMap {
    switch source {
    case .map(let map): return map
    case .object(let object):
      if let namespace = object as? NamespaceObject { return namespace.all }
    default: break
    }
    var map = OrderedMap()
    for (index, entry) in try source.elements().enumerated() {
      let pair: [Value]
      do { pair = try entry.elements() } catch {
        throw TemplateError(
          .type, "cannot convert dictionary update sequence element #\(index) to a sequence")
      }
      guard pair.count == 2 else {
        throw TemplateError(
          .value, "dictionary update sequence element #\(index) has length \(pair.count); 2 is required")
      }
      map[try pair[0].hashable()] = pair[1]
    }
    return map
  }
}
