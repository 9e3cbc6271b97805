/// The replacement of `re.sub`, taken apart.
struct ReplacementTemplate {
  enum Part {
    case literal(String)
    case group(Int)
  }

  private(set) var parts: [Part] = []
  private let groupCount: Int
  private let names: [String: Int]
  private var literal = ""

  init(_ text: String, _ groupCount: Int, _ names: [String: Int]) throws(PatternError) {
    self.groupCount = groupCount
    self.names = names
    var reader = try PatternReader(text)
    while let token = try reader.get() {
      if token.isEscape { try escape(token, &reader) } else { literal.unicodeScalars.append(token.scalar) }
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
  }

  private mutating func escape(
    _ token: PatternReader.Token, _ reader: inout PatternReader
  ) throws(PatternError) {
    switch token.scalar {
    case "g": try named(&reader)
    case "0":
      let digits = try reader.take(upTo: 2, while: \.isOctalDigit)
      add(UInt32(digits, radix: 8) ?? 0)
    case "1"..."9": try numbered(token.scalar, &reader)
    case "a": add(7)
    case "b": add(8)
    case "f": add(0xC)
    case "n": add(0xA)
    case "r": add(0xD)
    case "t": add(9)
    case "v": add(0xB)
    case "\\": add(0x5C)
    case let sign:
      if sign.isASCIILetter {
        throw reader.error("`\(token.text)` means nothing in a replacement", back: 2)
      }
      literal += token.text
    }
  }

  private mutating func add(_ value: UInt32) {
    // Octal escapes end at 0o377, as a byte does.
    literal.unicodeScalars.append(Unicode.Scalar(UInt8(value & 0xFF)))
  }

  private mutating func group(_ number: Int, _ reader: PatternReader, back: Int) throws(PatternError) {
    guard number <= groupCount else { throw reader.error("there is no group \(number)", back: back) }
    if !literal.isEmpty { parts.append(.literal(literal)) }
    literal = ""
    parts.append(.group(number))
  }

  /// `\g<name>` and `\g<1>`.
  private mutating func named(_ reader: inout PatternReader) throws(PatternError) {
    guard try reader.take("<") else { throw reader.error("`<` is missing after `\\g`") }
    let name = try reader.take(until: ">", "the name of the group")
    let back = name.unicodeScalars.count + 1
    if name.isIdentifier {
      guard let number = names[name] else { throw reader.error("no group is named `\(name)`", back: back) }
      return try group(number, reader, back: back)
    }
    guard name.unicodeScalars.allSatisfy(\.isASCIIDigit) else {
      throw reader.error("`\(name)` cannot name a group", back: back)
    }
    try group(Int(name) ?? .max, reader, back: back)
  }

  /// `\1`, `\12`, or three octal digits.
  private mutating func numbered(
    _ first: Unicode.Scalar, _ reader: inout PatternReader
  ) throws(PatternError) {
    var digits = String(first)
    if let second = reader.next?.plain, second.isASCIIDigit {
      digits.unicodeScalars.append(second)
      try reader.advance()
      if let third = reader.next?.plain, first.isOctalDigit, second.isOctalDigit, third.isOctalDigit {
        digits.unicodeScalars.append(third)
        try reader.advance()
        guard let value = UInt32(digits, radix: 8), value <= 0o377 else {
          throw reader.error("octal escapes end at `\\377`", back: 4)
        }
        return add(value)
      }
    }
    try group(Int(digits) ?? .max, reader, back: digits.utf8.count)
  }
}
