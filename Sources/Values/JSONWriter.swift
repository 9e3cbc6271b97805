extension Value {
  /// Python's `json.dumps(x, indent=indent, ensure_ascii=False)`; what JSON has no form for is written as its text.
  public func json(indent: Int? = nil) -> String {
    var out: [UInt8] = []
    writeJSON(to: &out, indent: indent)
    return String(decoding: out, as: UTF8.self)
  }

  /// Adds the same to some bytes.
  public func writeJSON(to out: inout [UInt8], indent: Int? = nil) {
    write(to: &out, indent: indent, level: 0)
  }

  private func write(to out: inout [UInt8], indent: Int?, level: Int) {
    switch self {
    case .null: out.append("null")
    case .bool(let it): out.append(it ? "true" : "false")
    case .int(let it): out.append(String(it))
    case .double(let it):
      out.append(it.isNaN ? "NaN" : it.isInfinite ? (it < 0 ? "-Infinity" : "Infinity") : pythonRepr(it))
    case .string(let it): out.appendQuoted(it)
    case .object(let it as BigInteger): out.append(it.text)
    case .object(let it): out.appendQuoted(it.text)
    case .list(let it), .tuple(let it):
      Self.write(it, "[", "]", to: &out, indent, level) {
        $0.write(to: &$1, indent: indent, level: level + 1)
      }
    case .map(let it):
      Self.write(zip(it.keys, it.values), "{", "}", to: &out, indent, level) { entry, out in
        out.appendQuoted(entry.0.jsonKey)
        out.append(": ")
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
    _ items: some Sequence<Item>, _ open: String, _ close: String, to out: inout [UInt8], _ indent: Int?,
    _ level: Int,
    _ each: (Item, inout [UInt8]) -> Void
  ) {
    out.append(open)
    var isFirst = true
    for item in items {
      if !isFirst { out.append(indent == nil ? ", " : ",") }
      isFirst = false
      if let indent { out.append("\n" + String(repeating: " ", count: indent * (level + 1))) }
      each(item, &out)
    }
    if let indent, !isFirst { out.append("\n" + String(repeating: " ", count: indent * level)) }
    out.append(close)
  }
}

extension [UInt8] {
  /// Adds a text's bytes.
  public mutating func append(_ text: String) {
    let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { append(contentsOf: $0) }
    if isDone == nil { append(contentsOf: text.utf8) }
  }

  /// Adds a text as a JSON string in its quotes.
  public mutating func appendQuoted(_ text: String) {
    append(UInt8(ascii: "\""))
    appendEscaped(text)
    append(UInt8(ascii: "\""))
  }

  /// Adds a text as it stands inside a JSON string.
  public mutating func appendEscaped(_ text: String) {
    let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { appendEscaped($0) }
    if isDone == nil { Array(text.utf8).withUnsafeBufferPointer { appendEscaped($0) } }
  }

  private mutating func appendEscaped(_ bytes: UnsafeBufferPointer<UInt8>) {
    var plain = 0
    for (place, byte) in bytes.enumerated() {
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
      append(contentsOf: bytes[plain..<place])
      plain = place + 1
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 0x0A: append("\\n")
      case 0x0D: append("\\r")
      case 0x09: append("\\t")
      case 0x08: append("\\b")
      case 0x0C: append("\\f")
      default: append("\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16))
      }
    }
    append(contentsOf: bytes[plain...])
  }
}
