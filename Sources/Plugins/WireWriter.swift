import Values

/// Why a value cannot be sent.
struct WireError: Error, Equatable {
  let message: String
}

/// Writes values as JSON that keeps Python's types.
///
/// JSON for what JSON has; a mapping with one key that begins with `$` for the rest, as `Python/_assay.wire.py` reads
/// it: `$tuple`, `$float`, `$bytes`, `$map` for keys that are no texts, `$object` for what only the process has.
struct WireWriter {
  private(set) var bytes: [UInt8] = []
  private let ledger: HandleLedger?

  init(_ ledger: HandleLedger?) { self.ledger = ledger }

  static func bytes(of value: Value, _ ledger: HandleLedger?) throws(WireError) -> [UInt8] {
    var writer = WireWriter(ledger)
    try writer.write(value)
    return writer.bytes
  }

  mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func write(_ value: Value) throws(WireError) {
    switch value {
    case .null: raw("null")
    case .bool(let it): it ? raw("true") : raw("false")
    case .int(let it): bytes.append(contentsOf: String(it).utf8)
    case .double(let it): write(it)
    case .string(let it): write(it)
    case .list(let it): try write(it)
    case .tuple(let it):
      raw("{\"$tuple\":")
      try write(it)
      raw("}")
    case .map(let it): try write(it)
    case .object(let it): try write(it)
    }
  }

  private mutating func write(_ number: Double) {
    if number.isFinite { return bytes.append(contentsOf: pythonRepr(number).utf8) }
    raw("{\"$float\":\"")
    bytes.append(contentsOf: pythonRepr(number).utf8)
    raw("\"}")
  }

  private mutating func write(_ items: [Value]) throws(WireError) {
    raw("[")
    var isFirst = true
    for item in items {
      if !isFirst { raw(",") }
      isFirst = false
      try write(item)
    }
    raw("]")
  }

  private mutating func write(_ map: OrderedMap) throws(WireError) {
    guard Self.isPlain(map.keys) else {
      raw("{\"$map\":")
      try write(zip(map.keys, map.values).map { .list([$0, $1]) })
      return raw("}")
    }
    raw("{")
    var isFirst = true
    for (key, value) in zip(map.keys, map.values) {
      if !isFirst { raw(",") }
      isFirst = false
      if case .string(let name) = key { write(name) }
      raw(":")
      try write(value)
    }
    raw("}")
  }

  private static func isPlain(_ keys: [Value]) -> Bool {
    if keys.count == 1, case .string(let only) = keys[0], only.utf8.first == UInt8(ascii: "$") {
      return false
    }
    return keys.allSatisfy { if case .string = $0 { true } else { false } }
  }

  private mutating func write(_ object: any ValueObject) throws(WireError) {
    switch object {
    case let it as BigInteger: bytes.append(contentsOf: it.text.utf8)
    case let it as ForeignBytes:
      raw("{\"$bytes\":\"")
      bytes.append(contentsOf: Base64.encoded(it.bytes))
      raw("\"}")
    case let it as ForeignObject:
      guard it.ledger === ledger else {
        throw WireError(message: "a `\(it.typeName)` that Python held was lost when its process ended")
      }
      raw("{\"$object\":")
      bytes.append(contentsOf: String(it.number).utf8)
      raw("}")
    default: throw WireError(message: "a `\(object.typeName)` of a template cannot be given to Python")
    }
  }

  mutating func write(_ text: String) {
    raw("\"")
    var text = text
    text.withUTF8 { utf8 in
      var plain = 0
      for index in utf8.indices {
        let byte = utf8[index]
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
        bytes.append(contentsOf: utf8[plain..<index])
        plain = index + 1
        escape(byte)
      }
      bytes.append(contentsOf: utf8[plain...])
    }
    raw("\"")
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    default:
      raw("u00")
      bytes.append(UInt8(ascii: "0") + byte >> 4)
      let low = byte & 15
      bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
    }
  }
}
