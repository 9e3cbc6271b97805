import Values

/// Python's `pprint.pformat`: what does not fit in 80 columns is broken, keys are sorted.
func prettyPrinted(_ value: Value, _: TemplateArguments) throws(TemplateError) -> Value {
  var printer = PrettyPrinter()
  try printer.write(value, indent: 0, allowance: 0, level: 0)
  return .string(printer.out)
}

private struct PrettyPrinter {
  var out = ""

  mutating func write(_ value: Value, indent: Int, allowance: Int, level: Int) throws(TemplateError) {
    guard level <= Limits.nesting else { throw Limits.tooNested }
    guard out.utf8.count <= Limits.bytes else { throw Limits.tooMuchText }
    let plain = try flat(value, 0)
    guard plain.scalarCount > 80 - indent - allowance else {
      out += plain
      return
    }
    switch value {
    case .list(let items): try write(items, "[", "]", indent, allowance, level)
    case .tuple(let items): try write(items, "(", items.count == 1 ? ",)" : ")", indent, allowance, level)
    case .map(let map) where !map.isEmpty: try write(map, indent, allowance, level)
    case .string(let text): try write(text, indent, allowance, level)
    default: out += plain
    }
  }

  /// `repr`, with the keys of every mapping in order.
  private func flat(_ value: Value, _ level: Int) throws(TemplateError) -> String {
    guard level <= Limits.nesting else { throw Limits.tooNested }
    switch value {
    case .map(let map):
      var parts: [String] = []
      for (key, item) in try sorted(map) {
        parts.append("\(try flat(key, level + 1)): \(try flat(item, level + 1))")
      }
      return "{" + parts.joined(separator: ", ") + "}"
    case .list(let items), .tuple(let items):
      var parts: [String] = []
      for item in items { parts.append(try flat(item, level + 1)) }
      let inner = parts.joined(separator: ", ")
      if case .list = value { return "[\(inner)]" }
      return items.count == 1 ? "(\(inner),)" : "(\(inner))"
    default: return try value.quoted()
    }
  }

  private func sorted(_ map: OrderedMap) throws(TemplateError) -> [(Value, Value)] {
    let entries = Array(map)
    var order = entries.indices.map { Value.int($0) }
    do { try sortInPlace(&order, keys: map.keys, descending: false) } catch {
      return entries.map { ($0.0, $0.1) }
    }
    return order.compactMap { $0.asInt }.map { (entries[$0].0, entries[$0].1) }
  }

  private mutating func write(
    _ items: [Value], _ open: String, _ close: String, _ indent: Int, _ allowance: Int, _ level: Int
  ) throws(TemplateError) {
    out += open
    for (index, item) in items.enumerated() {
      if index > 0 { out += ",\n" + String(repeating: " ", count: indent + 1) }
      let isLast = index + 1 == items.count
      try write(
        item, indent: indent + 1, allowance: isLast ? allowance + close.utf8.count : 1, level: level + 1)
    }
    out += close
  }

  private mutating func write(_ map: OrderedMap, _ indent: Int, _ allowance: Int, _ level: Int)
    throws(TemplateError)
  {
    out += "{"
    let entries = try sorted(map)
    for (index, (key, item)) in entries.enumerated() {
      if index > 0 { out += ",\n" + String(repeating: " ", count: indent + 1) }
      let name = try flat(key, 0)
      out += name + ": "
      let isLast = index + 1 == entries.count
      try write(
        item, indent: indent + 1 + name.scalarCount + 2, allowance: isLast ? allowance + 1 : 1,
        level: level + 1)
    }
    out += "}"
  }

  /// A long text is broken after white space, into quoted pieces.
  private mutating func write(_ text: String, _ indent: Int, _ allowance: Int, _ level: Int)
    throws(TemplateError)
  {
    let lines = StringMethods.lines(text, keepingEnds: true)
    let isTop = level == 0
    let indent = isTop ? indent + 1 : indent
    let allowance = isTop ? allowance + 1 : allowance
    var pieces: [String] = []
    for (index, line) in lines.enumerated() {
      let width = 80 - indent - (index + 1 == lines.count ? allowance : 0)
      let whole = pythonRepr(line)
      if whole.scalarCount <= width {
        pieces.append(whole)
      } else {
        pieces += broken(line, 80 - indent, allowance, index + 1 == lines.count)
      }
    }
    if pieces.count == 1 {
      out += pieces[0]
      return
    }
    let joined = pieces.joined(separator: "\n" + String(repeating: " ", count: indent))
    out += isTop ? "(\(joined))" : joined
  }

  private func broken(_ line: String, _ width: Int, _ allowance: Int, _ isLastLine: Bool) -> [String] {
    var parts: [String] = []
    var part = String.UnicodeScalarView()
    var wasSpace = false
    for scalar in line.unicodeScalars {
      if wasSpace, !scalar.isPythonSpace {
        parts.append(String(part))
        part = String.UnicodeScalarView()
      }
      part.append(scalar)
      wasSpace = scalar.isPythonSpace
    }
    if !part.isEmpty { parts.append(String(part)) }
    var pieces: [String] = []
    var current = ""
    for (index, part) in parts.enumerated() {
      let limit = index + 1 == parts.count && isLastLine ? width - allowance : width
      if pythonRepr(current + part).scalarCount > limit {
        if !current.isEmpty { pieces.append(pythonRepr(current)) }
        current = part
      } else {
        current += part
      }
    }
    if !current.isEmpty { pieces.append(pythonRepr(current)) }
    return pieces
  }
}
