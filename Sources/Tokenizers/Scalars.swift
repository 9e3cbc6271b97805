/// The character at a byte of valid UTF-8 and how many bytes it takes; nil at the end.
@inline(__always)
func scalar(in text: ArraySlice<UInt8>, at index: Int) -> (scalar: Unicode.Scalar, length: Int)? {
  guard index < text.endIndex else { return nil }
  let first = text[index]
  if first < 0x80 { return (Unicode.Scalar(first), 1) }
  let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
  guard index + length <= text.endIndex else { return ("\u{FFFD}", 1) }
  var value = UInt32(first) & (0x7F >> UInt32(length))
  for offset in 1..<length { value = value << 6 | UInt32(text[index + offset] & 0x3F) }
  return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
}

/// The last character of valid UTF-8 and where it starts.
func lastScalar(of text: ArraySlice<UInt8>) -> (scalar: Unicode.Scalar, start: Int)? {
  guard !text.isEmpty else { return nil }
  var start = text.endIndex - 1
  while start > text.startIndex, text[start] & 0xC0 == 0x80 { start -= 1 }
  return scalar(in: text, at: start).map { ($0.scalar, start) }
}

extension Unicode.Scalar {
  /// `\p{L}`.
  var isLetter: Bool {
    if value < 0x80 { return (value | 0x20) &- 0x61 < 26 }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
    default: return false
    }
  }

  /// `\p{N}`.
  var isNumber: Bool {
    if value < 0x80 { return value &- 0x30 < 10 }
    switch properties.generalCategory {
    case .decimalNumber, .letterNumber, .otherNumber: return true
    default: return false
    }
  }

  /// A letter, mark, digit, connector or joiner, as `\w` has it.
  var isWord: Bool {
    if value < 0x80 { return isLetter || isNumber || value == 0x5F }
    switch properties.generalCategory {
    case .decimalNumber, .connectorPunctuation, .nonspacingMark, .spacingMark, .enclosingMark: return true
    default: return properties.isAlphabetic || properties.isJoinControl
    }
  }

  /// `\p{P}`, and the other signs of ASCII.
  var isPunctuation: Bool {
    if value < 0x80 { return value > 0x20 && value < 0x7F && !isLetter && !isNumber }
    switch properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      return true
    default: return false
    }
  }

  /// `\s`.
  var isSpace: Bool {
    if value < 0x80 { return value == 0x20 || value &- 9 < 5 }
    return properties.isWhitespace
  }
}

/// How many bytes a character takes, by its first.
@inline(__always)
func scalarLength(_ first: UInt8) -> Int { first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2 }

/// A text with each character replaced; where `change` gives false, it is kept.
func mapScalars(_ text: [UInt8], _ change: (Unicode.Scalar, inout [UInt8]) -> Bool) -> [UInt8] {
  var out: [UInt8] = []
  out.reserveCapacity(text.count)
  var at = 0
  while let next = scalar(in: text[...], at: at) {
    if !change(next.scalar, &out) { out += text[at..<at + next.length] }
    at += next.length
  }
  return out
}
