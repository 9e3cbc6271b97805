/// `\d`, `\w`, `\s` and their opposites, with Python's meaning.
enum Shorthand: Unicode.Scalar {
  case digit = "d"
  case noDigit = "D"
  case space = "s"
  case noSpace = "S"
  case word = "w"
  case noWord = "W"

  init?(_ sign: Unicode.Scalar) { self.init(rawValue: sign) }

  /// What stands between the brackets of a PCRE2 class.
  ///
  /// `\d` and `\w` under `UCP` are Python's to the letter. White space is not: Python counts U+001C…1F, PCRE2
  /// counts U+180E.
  func members(isASCII: Bool) -> String {
    switch (self, isASCII) {
    case (.digit, false): "\\d"
    case (.noDigit, false): "\\D"
    case (.word, false): "\\w"
    case (.noWord, false): "\\W"
    case (.digit, true): Self.text(Self.asciiDigits)
    case (.noDigit, true): Self.text(Self.complement(Self.asciiDigits))
    case (.word, true): Self.text(Self.asciiWord)
    case (.noWord, true): Self.text(Self.complement(Self.asciiWord))
    case (.space, true): Self.text(Self.asciiSpace)
    case (.noSpace, true): Self.text(Self.complement(Self.asciiSpace))
    case (.space, false): Self.spaceText
    case (.noSpace, false): Self.noSpaceText
    }
  }

  private typealias Ranges = [ClosedRange<UInt32>]
  private static let asciiDigits: Ranges = [0x30...0x39]
  private static let asciiWord: Ranges = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
  private static let asciiSpace: Ranges = [9...13, 32...32]
  private static let spaces: Ranges = [
    9...13, 28...32, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029,
    0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000,
  ]
  private static let spaceText = text(spaces)
  private static let noSpaceText = text(complement(spaces))

  private static func complement(_ ranges: Ranges) -> Ranges {
    var out: Ranges = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { out.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    return out + [next...0x10FFFF]
  }

  private static func text(_ ranges: Ranges) -> String {
    ranges.map { classMember($0) }.joined()
  }
}

/// A character or range between the brackets of a PCRE2 class.
func classMember(_ range: ClosedRange<UInt32>) -> String {
  let low = "\\x{\(String(range.lowerBound, radix: 16))}"
  return range.count == 1 ? low : "\(low)-\\x{\(String(range.upperBound, radix: 16))}"
}
