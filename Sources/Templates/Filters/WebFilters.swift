import Values

let webFilters: [Callable] = [
  Callable("urlencode", [], urlEncoded),
  Callable("xmlattr", ["autospace="], xmlAttributes),
  Callable("tojson", ["indent="], jsonText),
]

private func urlEncoded(_ value: Value, _: TemplateArguments) throws(TemplateError) -> Value {
  switch value {
  case .map(let map):
    var parts: [String] = []
    for (key, item) in map {
      parts.append(quoted(try key.string(), inQuery: true) + "=" + quoted(try item.string(), inQuery: true))
    }
    return .string(parts.joined(separator: "&"))
  case _ where value.anyString == nil && value.isWalkable:
    var parts: [String] = []
    for pair in try value.elements() {
      let entry = try pair.elements("unpack")
      guard entry.count == 2 else {
        throw TemplateError(
          .value,
          entry.count > 2
            ? "too many values to unpack (expected 2)"
            : "not enough values to unpack (expected 2, got \(entry.count))")
      }
      parts.append(
        quoted(try entry[0].string(), inQuery: true) + "=" + quoted(try entry[1].string(), inQuery: true))
    }
    return .string(parts.joined(separator: "&"))
  default: return .string(quoted(try value.string(), inQuery: false))
  }
}

extension Value {
  /// Whether Python could iterate over it.
  fileprivate var isWalkable: Bool {
    switch self {
    case .list, .tuple, .map, .string: true
    case .object(let object): object is RangeObject || object is Generator || object is ViewObject
    default: false
    }
  }
}

private func quoted(_ text: String, inQuery: Bool) -> String {
  var out: [UInt8] = []
  let hex = Array("0123456789ABCDEF".utf8)
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "~"):
      out.append(byte)
    case UInt8(ascii: "/") where !inQuery: out.append(byte)
    case UInt8(ascii: " ") where inQuery: out.append(UInt8(ascii: "+"))
    default: out += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
    }
  }
  return String(decoding: out, as: UTF8.self)
}

private func xmlAttributes(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  guard case .map(let map) = try value.defined() else {
    throw .noAttribute("items", of: value)
  }
  var parts: [String] = []
  for (key, item) in map where !item.isNull && item.undefined == nil {
    let name = try key.text("attribute name")
    if name.utf8.contains(where: { [0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x2F, 0x3E, 0x3D].contains($0) }) {
      throw TemplateError(.value, "Invalid character in attribute name: \(pythonRepr(name))")
    }
    parts.append("\(escaped(name))=\"\(try escape(item).string())\"")
  }
  var text = parts.joined(separator: " ")
  if given[0]?.isTruthy ?? true, !text.isEmpty { text = " " + text }
  return given.isEscaping ? .markup(text) : .string(text)
}

private func jsonText(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  let indent = try given[0].flatMap { $0.isNull ? nil : $0 }?.index()
  var writer = SortedJSON(indent: indent)
  try writer.write(value, 0)
  var out = ""
  for scalar in writer.out.unicodeScalars {
    switch scalar {
    case "<": out += "\\u003c"
    case ">": out += "\\u003e"
    case "&": out += "\\u0026"
    case "'": out += "\\u0027"
    default: out.unicodeScalars.append(scalar)
    }
  }
  return .markup(out)
}

/// `json.dumps(x, sort_keys=True)`, with everything beyond ASCII escaped.
struct SortedJSON {
  let indent: Int?
  var out = ""

  init(indent: Int?) { self.indent = indent }

  mutating func write(_ value: Value, _ level: Int) throws(TemplateError) {
    guard level <= Limits.nesting else { throw Limits.tooNested }
    guard out.utf8.count <= Limits.bytes else { throw Limits.tooMuchText }
    switch value {
    case .null, .bool, .int, .double: out += value.json()
    case .string(let text): write(text)
    case .list(let items), .tuple(let items):
      out += "["
      for (index, item) in items.enumerated() {
        separate(index, level + 1)
        try write(item, level + 1)
      }
      close(items.isEmpty, "]", level)
    case .map(let map): try write(map, level)
    case .object(let object):
      if let text = value.anyString { return write(text) }
      if object is BigInteger { return out += object.text }
      if let group = object as? GroupObject { return try write(.tuple([group.grouper, group.list]), level) }
      throw TemplateError(.type, "Object of type \(object.typeName) is not JSON serializable")
    }
  }

  private mutating func write(_ map: OrderedMap, _ level: Int) throws(TemplateError) {
    var entries = map.map { Value.tuple([$0.0, $0.1]) }
    try sortInPlace(&entries, keys: map.keys, descending: false)
    out += "{"
    for (index, entry) in entries.enumerated() {
      guard let pair = entry.asList else { continue }
      separate(index, level + 1)
      switch pair[0] {
      case .null, .bool, .int, .double: write(pair[0].json())
      default:
        guard let text = pair[0].anyString else {
          throw TemplateError(
            .type, "keys must be str, int, float, bool or None, not \(pair[0].typeName)")
        }
        write(text)
      }
      out += ": "
      try write(pair[1], level + 1)
    }
    close(entries.isEmpty, "}", level)
  }

  private mutating func separate(_ index: Int, _ level: Int) {
    if index > 0 { out += indent == nil ? ", " : "," }
    if let indent { out += "\n" + String(repeating: " ", count: max(0, min(indent, 1000)) * level) }
  }

  private mutating func close(_ isEmpty: Bool, _ mark: String, _ level: Int) {
    if let indent, !isEmpty { out += "\n" + String(repeating: " ", count: max(0, min(indent, 1000)) * level) }
    out += mark
  }

  private mutating func write(_ text: String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case "\u{08}": out += "\\b"
      case "\u{0C}": out += "\\f"
      case let it where it.value >= 0x20 && it.value < 0x7F: out.unicodeScalars.append(it)
      default:
        for unit in UTF16.encode(scalar) ?? UTF16.EncodedScalar() {
          let hex = String(unit, radix: 16)
          out += "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex
        }
      }
    }
    out += "\""
  }
}
