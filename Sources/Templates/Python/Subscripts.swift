import Values

/// `x[i]`: the item first, then the attribute; missing gives an undefined value.
func member(_ key: Value, of owner: Value) throws(TemplateError) -> Value {
  if let found = try item(key, of: owner) { return found }
  if let name = key.anyString, let found = try attributeIfAny(name, of: owner) { return found }
  return .missing(key.anyString.map { .string($0) } ?? key, in: owner)
}

/// `x.name`: Python's attribute first, then the item.
func attributeOrItem(_ name: String, of owner: Value) throws(TemplateError) -> Value {
  if case .map(let map) = owner {
    // Most attributes are keys of a row; only the names of dict's own methods come before them.
    if !MapMethods.names.contains(name), let found = map[name] { return found }
  }
  if let found = try attributeIfAny(name, of: owner) { return found }
  if let found = try item(.string(name), of: owner) { return found }
  return .missing(.string(name), in: owner)
}

/// Python's `x[key]`, or nil where that raises what Jinja forgives.
private func item(_ key: Value, of owner: Value) throws(TemplateError) -> Value? {
  switch owner {
  case .map(let map):
    if case .string(let name) = key { return map[name] }
    switch key {
    case .list, .map: return nil
    default: return map[try key.hashable()]
    }
  case .list(let items), .tuple(let items):
    guard let index = position(key, items.count) else { return nil }
    return items[index]
  case .string(let text): return character(key, text).map { .string($0) }
  case .object(let object):
    switch object {
    case let undefined as Undefined: throw undefined.error
    case let markup as Markup: return character(key, markup.string).map { .markup($0) }
    case let range as RangeObject: return position(key, range.count).map { range.element($0) }
    case let group as GroupObject: return position(key, 2).map { $0 == 0 ? group.grouper : group.list }
    default: return nil
    }
  default: return nil
  }
}

/// An index from either end, if it is within bounds.
private func position(_ key: Value, _ count: Int) -> Int? {
  guard let index = key.asInt else { return nil }
  let place = index < 0 ? count + index : index
  return place >= 0 && place < count ? place : nil
}

private func character(_ key: Value, _ text: String) -> String? {
  guard key.asInt != nil else { return nil }
  let scalars = Scalars(text)
  return position(key, scalars.count).map { String(Character(scalars[$0])) }
}

/// Python's `getattr(x, name)`, or nil.
func attributeIfAny(_ name: String, of owner: Value) throws(TemplateError) -> Value? {
  switch owner {
  case .string: return StringMethods.names.contains(name) ? .object(MethodObject(owner, name)) : nil
  case .list: return ListMethods.names.contains(name) ? .object(MethodObject(owner, name)) : nil
  case .tuple: return ListMethods.tupleNames.contains(name) ? .object(MethodObject(owner, name)) : nil
  case .map: return MapMethods.names.contains(name) ? .object(MethodObject(owner, name)) : nil
  case .int, .bool, .double: return NumberMethods.attribute(name, of: owner)
  case .null: return nil
  case .object(let object): return try attributeIfAny(name, of: object, owner)
  }
}

private func attributeIfAny(_ name: String, of object: any ValueObject, _ owner: Value) throws(TemplateError)
  -> Value?
{
  switch object {
  case let undefined as Undefined:
    if name.hasPrefix("__"), name.hasSuffix("__") { return nil }
    throw undefined.error
  case is Markup: return StringMethods.names.contains(name) ? .object(MethodObject(owner, name)) : nil
  case let loop as LoopObject: return loop.attribute(name)
  case let namespace as NamespaceObject: return namespace[.string(name)]
  case let cycler as CyclerObject:
    switch name {
    case "current": return cycler.current
    case "items": return .tuple(cycler.items)
    case "pos": return nil
    case "next", "reset": return .object(MethodObject(owner, name))
    default: return nil
    }
  case let joiner as JoinerObject: return name == "sep" ? joiner.separator : nil
  case let group as GroupObject:
    switch name {
    case "grouper": return group.grouper
    case "list": return group.list
    case "index", "count": return .object(MethodObject(.tuple([group.grouper, group.list]), name))
    default: return nil
    }
  case let range as RangeObject:
    switch name {
    case "start": return .int(range.start)
    case "stop": return .int(range.stop)
    case "step": return .int(range.step)
    case "index", "count": return .object(MethodObject(.tuple(try range.elements()), name))
    default: return nil
    }
  case let macro as MacroObject:
    switch name {
    case "name": return macro.plan.name.map { .string($0) } ?? .null
    case "arguments": return .tuple(macro.plan.parameters.map { .string($0.name) })
    case "catch_kwargs": return .bool(macro.plan.named != nil)
    case "catch_varargs": return .bool(macro.plan.rest != nil)
    case "caller": return .bool(macro.plan.caller != nil)
    default: return nil
    }
  default:
    if let value = object.attribute(name) { return value }
    return object.methods[name] == nil ? nil : .object(MethodObject(owner, name))
  }
}

// MARK: - Slices

/// `x[start:stop:step]`.
func sliced(_ owner: Value, _ start: Value, _ stop: Value, _ step: Value) throws(TemplateError) -> Value {
  let owner = try owner.defined()
  switch owner {
  case .list(let items):
    return .list(try indices(start, stop, step, items.count).map { items[$0] })
  case .tuple(let items):
    return .tuple(try indices(start, stop, step, items.count).map { items[$0] })
  case .object(let object):
    if let range = object as? RangeObject {
      let places = try indices(start, stop, step, range.count)
      guard let first = places.first else { return .object(try RangeObject(start: 0, stop: 0, step: 1)) }
      let stride = places.count > 1 ? (places[1] - first) * range.step : range.step
      let begin = range.start + first * range.step
      return .object(try RangeObject(start: begin, stop: begin + stride * places.count, step: stride))
    }
    if let group = object as? GroupObject {
      return try sliced(.tuple([group.grouper, group.list]), start, stop, step)
    }
  default: break
  }
  guard let text = owner.anyString else {
    if case .map = owner { throw TemplateError(.type, "unhashable type: 'slice'") }
    throw TemplateError(.type, "'\(owner.typeName)' object is not subscriptable")
  }
  let scalars = Scalars(text)
  let places = try indices(start, stop, step, scalars.count)
  let isForward = places.count < 2 || places[1] == places[0] + 1
  let part = isForward ? scalars[(places.first ?? 0)..<(places.last.map { $0 + 1 } ?? 0)] : scalars[places]
  return owner.isMarkup ? .markup(part) : .string(part)
}

/// The places a slice of a sequence takes, as Python's `slice.indices` gives them.
private func indices(_ start: Value, _ stop: Value, _ step: Value, _ count: Int) throws(TemplateError)
  -> [Int]
{
  func bound(_ value: Value) throws(TemplateError) -> Int? {
    if value.isNull { return nil }
    guard let index = try value.defined().asInt else {
      throw TemplateError(.type, "slice indices must be integers or None or have an __index__ method")
    }
    return index
  }
  let stride = try bound(step) ?? 1
  guard stride != 0 else { throw TemplateError(.value, "slice step cannot be zero") }
  let (lowest, highest) = stride > 0 ? (0, count) : (-1, count - 1)
  func clamped(_ index: Int) -> Int {
    index < 0 ? max(lowest, index <= -count - 1 ? lowest : index + count) : min(highest, index)
  }
  let from = try bound(start).map(clamped) ?? (stride > 0 ? 0 : count - 1)
  let to = try bound(stop).map(clamped) ?? (stride > 0 ? count : -1)
  return Array(Swift.stride(from: from, to: to, by: max(-count - 1, min(count + 1, stride))))
}
