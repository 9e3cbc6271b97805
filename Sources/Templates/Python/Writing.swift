import Values

/// Python's `str` and `repr`, with an end to how much they write.
extension Value {
  /// Python's `str(x)`; a strict undefined value raises.
  func string() throws(TemplateError) -> String {
    if case .string(let it) = self { return it }
    var out = ""
    try write(to: &out)
    return out
  }

  func write(to out: inout String) throws(TemplateError) {
    switch self {
    case .string(let it): out += it
    case .int(let it): out += String(it)
    case .object(let object):
      switch object {
      case let markup as Markup: out += markup.string
      case let undefined as Undefined: if !undefined.isLenient { throw undefined.error }
      case let date as PythonDate: out += date.text
      default: try writeRepr(to: &out, 0)
      }
    default: try writeRepr(to: &out, 0)
    }
  }

  func writeRepr(to out: inout String, _ level: Int) throws(TemplateError) {
    guard level <= Limits.nesting else { throw Limits.tooNested }
    guard out.utf8.count <= Limits.bytes else { throw Limits.tooMuchText }
    switch self {
    case .list(let items): try Self.write(items, "[", "]", to: &out, level)
    case .tuple(let items): try Self.write(items, "(", items.count == 1 ? ",)" : ")", to: &out, level)
    case .map(let map): try Self.write(map, to: &out, level)
    case .object(let object): try Self.write(object, to: &out, level)
    case .string(let text) where text.isPlainlyQuoted:
      out += "'"
      out += text
      out += "'"
    default: out += repr
    }
  }

  private static func write(
    _ items: [Value], _ open: String, _ close: String, to out: inout String, _ level: Int
  ) throws(TemplateError) {
    out += open
    for (index, item) in items.enumerated() {
      if index > 0 { out += ", " }
      try item.writeRepr(to: &out, level + 1)
    }
    out += close
  }

  private static func write(_ map: OrderedMap, to out: inout String, _ level: Int) throws(TemplateError) {
    out += "{"
    for (index, entry) in map.enumerated() {
      if index > 0 { out += ", " }
      try entry.0.writeRepr(to: &out, level + 1)
      out += ": "
      try entry.1.writeRepr(to: &out, level + 1)
    }
    out += "}"
  }

  private static func write(_ object: any ValueObject, to out: inout String, _ level: Int)
    throws(TemplateError)
  {
    switch object {
    case let view as ViewObject:
      out += view.typeName + "("
      try write(view.elements, "[", "]", to: &out, level + 1)
      out += ")"
    case let group as GroupObject: try write([group.grouper, group.list], "(", ")", to: &out, level)
    case let namespace as NamespaceObject:
      out += "<Namespace "
      try write(namespace.all, to: &out, level + 1)
      out += ">"
    default: out += object.repr
    }
  }

  /// Refuses what is nested so deep, or so widely shared, that walking it would not end well.
  func ensureShallow() throws(TemplateError) {
    var budget = Limits.elements
    try ensureShallow(1, &budget)
  }

  private func ensureShallow(_ level: Int, _ budget: inout Int) throws(TemplateError) {
    switch self {
    case .list(let items), .tuple(let items):
      budget -= 1
      guard level < Limits.nesting, budget > 0 else { throw Limits.tooNested }
      for item in items { try item.ensureShallow(level + 1, &budget) }
    case .map(let map):
      budget -= 1
      guard level < Limits.nesting, budget > 0 else { throw Limits.tooNested }
      for item in map.values { try item.ensureShallow(level + 1, &budget) }
    case .object(let object):
      if let namespace = object as? NamespaceObject {
        budget -= 1
        guard level < Limits.nesting, budget > 0 else { throw Limits.tooNested }
        for item in namespace.all.values { try item.ensureShallow(level + 1, &budget) }
      }
    default: break
    }
  }
}
