/// Reads the escapes of a quoted string as Python does.
struct StringLiteral {
  private let scalars: [Unicode.Scalar]
  private var at = 0
  private let range: ByteRange

  /// `text` is what stands between the quotes.
  init(_ text: String, at range: ByteRange) {
    scalars = Array(text.unicodeScalars)
    self.range = range
  }

  mutating func value() throws(SyntaxError) -> String {
    var out = String.UnicodeScalarView()
    while at < scalars.count {
      let scalar = scalars[at]
      at += 1
      guard scalar == "\\", at < scalars.count else {
        out.append(scalar)
        continue
      }
      let letter = scalars[at]
      at += 1
      switch letter {
      case "\n": break
      case "\\", "'", "\"": out.append(letter)
      case "a": out.append("\u{07}")
      case "b": out.append("\u{08}")
      case "f": out.append("\u{0C}")
      case "n": out.append("\n")
      case "r": out.append("\r")
      case "t": out.append("\t")
      case "v": out.append("\u{0B}")
      case "0"..."7": out.append(octal(letter))
      case "x": out.append(try hex(2, "x"))
      case "u": out.append(try hex(4, "u"))
      case "U": out.append(try hex(8, "U"))
      case "N":
        throw SyntaxError(
          "found `\\N`, an escape by character name, which is not known here", at: range,
          help: "write the character itself or `\\uXXXX`")
      default:
        out.append("\\")
        out.append(letter)
      }
    }
    return String(out)
  }

  private mutating func octal(_ first: Unicode.Scalar) -> Unicode.Scalar {
    var value = first.value - 0x30
    for _ in 0..<2 where at < scalars.count && scalars[at].value >= 0x30 && scalars[at].value <= 0x37 {
      value = value * 8 + scalars[at].value - 0x30
      at += 1
    }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  private mutating func hex(_ count: Int, _ letter: String) throws(SyntaxError) -> Unicode.Scalar {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard at < scalars.count,
        let digit = scalars[at].properties.numericType == nil && !scalars[at].isASCII
          ? nil : Character(scalars[at]).hexDigitValue
      else {
        throw SyntaxError("the escape `\\\(letter)` needs \(count) hexadecimal digits", at: range)
      }
      value = value << 4 | UInt32(digit)
      at += 1
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw SyntaxError("the escape `\\\(letter)` does not name a character", at: range)
    }
    return scalar
  }
}
