import Values

/// Reads a line of the Python process: JSON, with mappings of one key `$…` for what JSON has no form for.
///
/// A reader of its own, since lines are long: it knows no comments, no `NaN` and no positions for people.
struct WireReader {
  private let bytes: [UInt8]
  private var at: Int
  private let end: Int
  private var depth = 0
  private let ledger: HandleLedger

  /// Deeper nesting would overflow the stack before it meant anything.
  private static let deepest = 600

  static func value(_ bytes: [UInt8], _ ledger: HandleLedger) throws(WireError) -> Value {
    var reader = WireReader(bytes, ledger)
    let value = try reader.value()
    reader.skipSpace()
    guard reader.at == reader.end else { throw reader.failure("there is more after the value") }
    return value
  }

  private init(_ bytes: [UInt8], _ ledger: HandleLedger) {
    self.bytes = bytes
    at = 0
    end = bytes.count
    self.ledger = ledger
  }

  private func failure(_ message: String) -> WireError { WireError(message: "\(message), at byte \(at)") }

  private mutating func skipSpace() {
    while at < end, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 {
      at += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard at < end, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func value() throws(WireError) -> Value {
    skipSpace()
    guard at < end else { throw failure("the line ends too soon") }
    switch bytes[at] {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "["): return .list(try items())
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: StaticString, _ value: Value) throws(WireError) -> Value {
    let count = word.utf8CodeUnitCount
    guard at + count <= end, word.withUTF8Buffer({ bytes[at..<at + count].elementsEqual($0) }) else {
      throw failure("this is no value")
    }
    at += count
    return value
  }

  private mutating func items() throws(WireError) -> [Value] {
    at += 1
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw failure("the value is nested more than \(Self.deepest) deep") }
    var items: [Value] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return items }
    repeat {
      items.append(try value())
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw failure("a list is not closed") }
    return items
  }

  private mutating func object() throws(WireError) -> Value {
    at += 1
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw failure("the value is nested more than \(Self.deepest) deep") }
    var map = OrderedMap()
    skipSpace()
    if take(UInt8(ascii: "}")) { return .map(map) }
    var tag: String?
    repeat {
      skipSpace()
      guard at < end, bytes[at] == UInt8(ascii: "\"") else { throw failure("a key is missing") }
      let key = try string()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw failure("a key has no value") }
      if map.isEmpty, key.utf8.first == UInt8(ascii: "$") { tag = key }
      map[.string(key)] = try value()
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw failure("a mapping is not closed") }
    if let tag, let content = map.values.first { return try tagged(tag, content, map) }
    return .map(map)
  }

  /// What a mapping whose first key begins with `$` stands for.
  private func tagged(_ tag: String, _ content: Value, _ map: OrderedMap) throws(WireError) -> Value {
    switch (tag, content) {
    case ("$object", .int(let number)): return .object(ForeignObject(map, number: number, in: ledger))
    case ("$tuple", .list(let items)) where map.count == 1: return .tuple(items)
    case ("$float", .string(let text)) where map.count == 1:
      guard let number = Double(text) else { throw failure("`\(text)` is no number") }
      return .double(number)
    case ("$bytes", .string(let text)) where map.count == 1:
      guard let bytes = Base64.decoded(text) else { throw failure("some bytes are not in base 64") }
      return .object(ForeignBytes(bytes))
    case ("$map", .list(let pairs)) where map.count == 1:
      var real = OrderedMap()
      for pair in pairs {
        guard case .list(let pair) = pair, pair.count == 2 else { throw failure("a pair is not one") }
        real[pair[0]] = pair[1]
      }
      return .map(real)
    default: return .map(map)
    }
  }

  private mutating func number() throws(WireError) -> Value {
    let start = at
    var isWhole = true
    scan: while at < end {
      switch bytes[at] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"): break
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): isWhole = false
      default: break scan
      }
      at += 1
    }
    if isWhole, let whole = whole(start..<at) { return .int(whole) }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if isWhole, !text.hasPrefix("+"), let big = WholeNumber(text) { return big.value }
    guard let number = Double(text), !isWhole else {
      throw failure("this is no value")
    }
    return .double(number)
  }

  private func whole(_ range: Range<Int>) -> Int? {
    let isNegative = range.first.map { bytes[$0] == UInt8(ascii: "-") } ?? false
    let digits = isNegative ? range.dropFirst() : range[...]
    guard !digits.isEmpty else { return nil }
    var number = 0
    for place in digits {
      let digit = Int(bytes[place]) - 0x30
      guard (0...9).contains(digit) else { return nil }
      let (tens, isTooBig) = number.multipliedReportingOverflow(by: 10)
      let (sum, isOver) = tens.subtractingReportingOverflow(digit)
      guard !isTooBig, !isOver else { return nil }
      number = sum
    }
    // Kept negative up to here, since there is one more negative number than positive ones.
    return isNegative ? number : number == .min ? nil : -number
  }

  private mutating func string() throws(WireError) -> String {
    at += 1
    let start = at
    while at < end, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") { at += 1 }
    guard at < end else { throw failure("a text is not closed") }
    if bytes[at] == UInt8(ascii: "\"") {
      defer { at += 1 }
      return text(start..<at)
    }
    return try escapedString(from: start)
  }

  private func text(_ range: Range<Int>) -> String {
    bytes.withUnsafeBufferPointer { String(decoding: $0[range], as: UTF8.self) }
  }

  private mutating func escapedString(from start: Int) throws(WireError) -> String {
    var out = Array(bytes[start..<at])
    while at < end {
      let byte = bytes[at]
      at += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: out, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &out)
      default: out.append(byte)
      }
    }
    throw failure("a text is not closed")
  }

  private mutating func escape(into out: inout [UInt8]) throws(WireError) {
    guard at < end else { throw failure("a text is not closed") }
    let byte = bytes[at]
    at += 1
    switch byte {
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "u"): out.append(contentsOf: String(Character(try unicodeEscape())).utf8)
    default: throw failure("there is no such escape")
    }
  }

  /// A lone surrogate has no place in UTF-8 and becomes U+FFFD.
  private mutating func unicodeEscape() throws(WireError) -> Unicode.Scalar {
    let high = try hex4()
    guard (0xD800..<0xDC00).contains(high), at + 1 < end, bytes[at] == UInt8(ascii: "\\"),
      bytes[at + 1] == UInt8(ascii: "u")
    else { return Unicode.Scalar(high) ?? "\u{FFFD}" }
    let back = at
    at += 2
    let low = try hex4()
    guard (0xDC00..<0xE000).contains(low) else {
      at = back
      return "\u{FFFD}"
    }
    return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func hex4() throws(WireError) -> UInt32 {
    guard at + 4 <= end,
      bytes[at..<at + 4].allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
      let number = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
    else { throw failure("expected four hexadecimal digits") }
    at += 4
    return number
  }
}
