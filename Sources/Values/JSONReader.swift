/// Why some bytes are not JSON, and at which of them that shows.
public struct JSONError: Error, Equatable, Sendable {
  public let message: String
  public let offset: Int
}

extension Value {
  /// Reads one JSON text as Python's `json.loads` does: `NaN` and `Infinity` are numbers, the last of equal keys wins.
  public init(json text: some Sequence<UInt8>) throws(JSONError) {
    try self.init(json: ArraySlice(text))
  }

  /// Reads a slice; offsets in errors count from its start.
  public init(json bytes: ArraySlice<UInt8>) throws(JSONError) {
    var reader = JSONReader(bytes)
    self = try reader.document()
  }

  public init(json text: String) throws(JSONError) { try self.init(json: ArraySlice(text.utf8)) }

  /// Reads JSON texts that follow each other with only white space between, each with the offset of its first byte.
  public static func sequence(json bytes: ArraySlice<UInt8>) throws(JSONError) -> [(
    value: Value, offset: Int
  )] {
    var reader = JSONReader(bytes)
    return try reader.sequence()
  }
}

private struct JSONReader {
  private let bytes: ArraySlice<UInt8>
  private var at: Int
  private var depth = 0

  /// Deeper nesting would overflow the stack before it meant anything.
  private static let deepest = 512

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    at = bytes.startIndex
  }

  mutating func document() throws(JSONError) -> Value {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at += 3 }
    let value = try value()
    skipSpace()
    guard at == bytes.endIndex else { throw failure("there is more after the end of the JSON value") }
    return value
  }

  mutating func sequence() throws(JSONError) -> [(value: Value, offset: Int)] {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at += 3 }
    var values: [(value: Value, offset: Int)] = []
    skipSpace()
    while at < bytes.endIndex {
      let start = at - bytes.startIndex
      values.append((try value(), start))
      skipSpace()
    }
    return values
  }

  private func failure(_ message: String) -> JSONError {
    JSONError(message: message, offset: at - bytes.startIndex)
  }

  private var byte: UInt8? { at < bytes.endIndex ? bytes[at] : nil }

  private mutating func skipSpace() {
    while at < bytes.endIndex,
      bytes[at] == 0x20 || (bytes[at] >= 0x09 && bytes[at] <= 0x0D && bytes[at] != 0x0B && bytes[at] != 0x0C)
    {
      at += 1
    }
  }

  private mutating func value() throws(JSONError) -> Value {
    skipSpace()
    guard let byte else { throw failure("the text ends where a value should be") }
    switch byte {
    case UInt8(ascii: "{"): return try nested { reader throws(JSONError) in try reader.object() }
    case UInt8(ascii: "["): return try nested { reader throws(JSONError) in try reader.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "N"): return try word("NaN", .double(.nan))
    case UInt8(ascii: "I"): return try word("Infinity", .double(.infinity))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw failure("a JSON value cannot start with `\(Unicode.Scalar(byte))`")
    }
  }

  private mutating func nested(_ read: (inout Self) throws(JSONError) -> Value) throws(JSONError) -> Value {
    guard depth < Self.deepest else { throw failure("nested more than \(Self.deepest) deep") }
    depth += 1
    defer { depth -= 1 }
    return try read(&self)
  }

  private mutating func word(_ word: StaticString, _ value: Value) throws(JSONError) -> Value {
    let letters = "\(word)".utf8
    guard bytes[at...].starts(with: letters) else { throw failure("expected `\(word)`") }
    at += letters.count
    return value
  }

  private mutating func object() throws(JSONError) -> Value {
    at += 1
    var map = OrderedMap()
    skipSpace()
    if byte == UInt8(ascii: "}") {
      at += 1
      return .map(map)
    }
    while true {
      skipSpace()
      guard byte == UInt8(ascii: "\"") else { throw failure("expected a key in double quotes") }
      let key = try string()
      skipSpace()
      guard byte == UInt8(ascii: ":") else { throw failure("expected `:` after the key") }
      at += 1
      map[.string(key)] = try value()
      skipSpace()
      switch byte {
      case UInt8(ascii: ","): at += 1
      case UInt8(ascii: "}"):
        at += 1
        return .map(map)
      default: throw failure("expected `,` or `}` in an object")
      }
    }
  }

  private mutating func array() throws(JSONError) -> Value {
    at += 1
    var items: [Value] = []
    skipSpace()
    if byte == UInt8(ascii: "]") {
      at += 1
      return .list(items)
    }
    while true {
      items.append(try value())
      skipSpace()
      switch byte {
      case UInt8(ascii: ","): at += 1
      case UInt8(ascii: "]"):
        at += 1
        return .list(items)
      default: throw failure("expected `,` or `]` in an array")
      }
    }
  }

  private mutating func number() throws(JSONError) -> Value {
    let start = at
    if byte == UInt8(ascii: "-") { at += 1 }
    if byte == UInt8(ascii: "I") { return try word("Infinity", .double(-.infinity)) }
    let whole = digits()
    guard whole > 0 else { throw failure("expected a digit") }
    guard whole == 1 || bytes[at - whole] != UInt8(ascii: "0") else {
      throw failure("a number cannot start with 0")
    }
    var isWhole = true
    if byte == UInt8(ascii: ".") {
      at += 1
      isWhole = false
      guard digits() > 0 else { throw failure("expected a digit after the point") }
    }
    if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
      at += 1
      isWhole = false
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { at += 1 }
      guard digits() > 0 else { throw failure("expected a digit in the exponent") }
    }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    // A whole number beyond 64 bits is kept as the nearest double.
    if isWhole, let number = Int(text) { return .int(number) }
    return .double(Double(text) ?? .nan)
  }

  private mutating func digits() -> Int {
    let start = at
    while let byte, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { at += 1 }
    return at - start
  }

  private mutating func string() throws(JSONError) -> String {
    let open = at
    at += 1
    var start = at
    var text = ""
    while let byte {
      switch byte {
      case UInt8(ascii: "\""):
        text += try plain(start..<at)
        at += 1
        return text
      case UInt8(ascii: "\\"):
        text += try plain(start..<at)
        text.unicodeScalars.append(try escape())
        start = at
      case ..<0x20: throw failure("a control character must be escaped in a string")
      default: at += 1
      }
    }
    at = open
    throw failure("this string is not closed")
  }

  private func plain(_ range: Range<Int>) throws(JSONError) -> String {
    if range.isEmpty { return "" }
    guard let text = String(validating: bytes[range], as: UTF8.self) else {
      throw JSONError(message: "this string is not UTF-8", offset: range.lowerBound - bytes.startIndex)
    }
    return text
  }

  private mutating func escape() throws(JSONError) -> Unicode.Scalar {
    at += 1
    guard let byte else { throw failure("the text ends in an escape") }
    at += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "u"): return try unicodeEscape()
    default:
      at -= 1
      throw failure("there is no escape `\\\(Unicode.Scalar(byte))`")
    }
  }

  /// A lone surrogate has no place in UTF-8 and becomes U+FFFD.
  private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let high = try hex4()
    guard (0xD800..<0xDC00).contains(high),
      bytes[at...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")])
    else {
      return Unicode.Scalar(high) ?? "\u{FFFD}"
    }
    let back = at
    at += 2
    let low = try hex4()
    guard (0xDC00..<0xE000).contains(low) else {
      at = back
      return "\u{FFFD}"
    }
    return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func hex4() throws(JSONError) -> UInt32 {
    guard at + 4 <= bytes.endIndex,
      let number = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
    else {
      throw failure("expected four hexadecimal digits")
    }
    at += 4
    return number
  }
}
