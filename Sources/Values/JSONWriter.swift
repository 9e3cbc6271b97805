extension Value {
  /// Python's `json.dumps(x, indent=indent, ensure_ascii=False)`; what JSON has no form for is written as its text.
  public func json(indent: Int? = nil) -> String {
    var out = ""
    write(to: &out, indent: indent, level: 0)
    return out
  }

  private func write(to out: inout String, indent: Int?, level: Int) {
    switch self {
    case .null: out += "null"
    case .bool(let it): out += it ? "true" : "false"
    case .int(let it): out += String(it)
    case .double(let it):
      out += it.isNaN ? "NaN" : it.isInfinite ? (it < 0 ? "-Infinity" : "Infinity") : pythonRepr(it)
    case .string(let it): writeString(it, to: &out)
    case .object(let it): writeString(it.text, to: &out)
    case .list(let it), .tuple(let it):
      Self.write(it, "[", "]", to: &out, indent, level) {
        $0.write(to: &$1, indent: indent, level: level + 1)
      }
    case .map(let it):
      Self.write(zip(it.keys, it.values), "{", "}", to: &out, indent, level) { entry, out in
        writeString(entry.0.jsonKey, to: &out)
        out += ": "
        entry.1.write(to: &out, indent: indent, level: level + 1)
      }
    }
  }

  /// JSON's keys are texts; Python spells the others so.
  private var jsonKey: String {
    switch self {
    case .string(let it): it
    case .null: "null"
    case .bool(let it): it ? "true" : "false"
    default: repr
    }
  }

  private static func write<Item>(
    _ items: some Sequence<Item>, _ open: String, _ close: String, to out: inout String, _ indent: Int?,
    _ level: Int,
    _ each: (Item, inout String) -> Void
  ) {
    out += open
    var isFirst = true
    for item in items {
      if !isFirst { out += indent == nil ? ", " : "," }
      isFirst = false
      if let indent { out += "\n" + String(repeating: " ", count: indent * (level + 1)) }
      each(item, &out)
    }
    if let indent, !isFirst { out += "\n" + String(repeating: " ", count: indent * level) }
    out += close
  }
}

private func writeString(_ text: String, to out: inout String) {
  out += "\""
  var plain = text.utf8.startIndex
  let bytes = text.utf8
  for index in bytes.indices {
    let byte = bytes[index]
    guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
    out += text[plain..<index]
    plain = bytes.index(after: index)
    switch byte {
    case UInt8(ascii: "\""): out += "\\\""
    case UInt8(ascii: "\\"): out += "\\\\"
    case 0x0A: out += "\\n"
    case 0x0D: out += "\\r"
    case 0x09: out += "\\t"
    case 0x08: out += "\\b"
    case 0x0C: out += "\\f"
    default: out += "\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
    }
  }
  out += text[plain...]
  out += "\""
}
