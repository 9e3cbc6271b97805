extension Translator {
  /// A backslash pair outside a class.
  mutating func escape(_ token: PatternReader.Token) throws(PatternError) -> Piece {
    let sign = token.scalar
    switch sign {
    case "A": return anchor("\\A")
    case "Z": return anchor("\\z")
    case "b": return anchor(flags.isASCII ? asciiBoundary : "\\b")
    // In Python `\B` does not match in an empty text.
    case "B": return anchor("(?!\\A\\z)" + (flags.isASCII ? "(?!\(asciiBoundary))" : "\\B"))
    case "0":
      let digits = try reader.take(upTo: 2, while: \.isOctalDigit)
      return literal(UInt32(digits, radix: 8) ?? 0)
    case "1"..."9": return try reference(beginning: sign)
    default: break
    }
    if let shorthand = Shorthand(sign) {
      return Piece(text: "[\(shorthand.members(isASCII: flags.isASCII))]", width: .one)
    }
    return literal(try character(token))
  }

  /// `\1`, or three octal digits.
  private mutating func reference(beginning first: Unicode.Scalar) throws(PatternError) -> Piece {
    var digits = String(first)
    if let second = reader.next?.plain, second.isASCIIDigit {
      digits.unicodeScalars.append(second)
      try reader.advance()
      if let third = reader.next?.plain, first.isOctalDigit, second.isOctalDigit, third.isOctalDigit {
        digits.unicodeScalars.append(third)
        try reader.advance()
        return literal(try octal(digits))
      }
    }
    let number = Int(digits) ?? 0
    guard number < widths.count else {
      throw reader.error("there is no group \(number)", back: digits.utf8.count)
    }
    guard widths[number] != nil else {
      throw reader.error("group \(number) is still open", back: digits.utf8.count + 1)
    }
    try checkLookBehind(number)
    return reference(to: number)
  }

  private func octal(_ digits: String) throws(PatternError) -> UInt32 {
    guard let value = UInt32(digits, radix: 8), value <= 0o377 else {
      throw reader.error("octal escapes end at `\\377`", back: digits.utf8.count + 1)
    }
    return value
  }

  /// A backslash pair inside a class that stands for one character.
  mutating func classCharacter(_ token: PatternReader.Token) throws(PatternError) -> UInt32 {
    if token.scalar == "b" { return 8 }
    if token.scalar.isOctalDigit {
      let rest = try reader.take(upTo: 2, while: \.isOctalDigit)
      return try octal(String(token.scalar) + rest)
    }
    if token.scalar.isASCIIDigit { throw badEscape(token) }
    return try character(token)
  }

  /// The escapes for one character that are the same inside and outside a class.
  private mutating func character(_ token: PatternReader.Token) throws(PatternError) -> UInt32 {
    switch token.scalar {
    case "a": return 7
    case "f": return 0xC
    case "n": return 0xA
    case "r": return 0xD
    case "t": return 9
    case "v": return 0xB
    case "x": return try hexadecimal(2, token)
    case "u": return try hexadecimal(4, token)
    case "U": return try hexadecimal(8, token)
    case "N":
      guard try reader.take("{") else { throw reader.error("`{` is missing after `\\N`") }
      let name = try reader.take(until: "}", "the name of a character")
      guard let scalar = Unicode.Scalar(named: name) else {
        throw reader.error("no character is named `\(name)`", back: name.unicodeScalars.count + 4)
      }
      return scalar.value
    default:
      if token.scalar.isASCIILetter { throw badEscape(token) }
      return token.scalar.value
    }
  }

  private func badEscape(_ token: PatternReader.Token) -> PatternError {
    reader.error("`\(token.text)` means nothing in this dialect", back: 2)
  }

  private mutating func hexadecimal(
    _ count: Int, _ token: PatternReader.Token
  ) throws(PatternError) -> UInt32 {
    let digits = try reader.take(upTo: count, while: \.isHexDigit)
    let back = digits.utf8.count + 2
    guard digits.utf8.count == count, let value = UInt32(digits, radix: 16) else {
      throw reader.error("`\(token.text)` needs \(count) hexadecimal digits", back: back)
    }
    guard value <= 0x10FFFF else { throw reader.error("there is no such character", back: back) }
    return value
  }
}

private let asciiBoundary: String = {
  let word = "[0-9A-Za-z_]"
  return "(?:(?<=\(word))(?!\(word))|(?<!\(word))(?=\(word)))"
}()
