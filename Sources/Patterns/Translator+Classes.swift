extension Translator {
  private enum Member {
    case character(UInt32)
    case shorthand(Shorthand)
  }

  /// A class behind its bracket.
  mutating func characterClass() throws(PatternError) -> Piece {
    let here = reader.position - 1
    let isNegated = try reader.take("^")
    var ranges: [ClosedRange<UInt32>] = []
    var shorthands = ""
    var isEmpty = true
    func add(_ member: Member, to ranges: inout [ClosedRange<UInt32>], _ shorthands: inout String) {
      switch member {
      case .character(let it): ranges.append(it...it)
      case .shorthand(let it): shorthands += it.members(isASCII: flags.isASCII)
      }
    }
    while true {
      let first = try classToken(from: here)
      if first.plain == "]", !isEmpty { break }
      let low = try member(first)
      isEmpty = false
      guard try reader.take("-") else {
        add(low, to: &ranges, &shorthands)
        continue
      }
      let last = try classToken(from: here)
      if last.plain == "]" {
        add(low, to: &ranges, &shorthands)
        ranges.append(0x2D...0x2D)
        break
      }
      let high = try member(last)
      guard case .character(let from) = low, case .character(let to) = high, from <= to else {
        throw reader.error(
          "`\(first.text)-\(last.text)` is no range of characters", back: first.count + 1 + last.count)
      }
      ranges.append(from...to)
    }
    return Piece(text: classText(ranges, shorthands, isNegated), width: .one)
  }

  private mutating func classToken(from here: Int) throws(PatternError) -> PatternReader.Token {
    guard let token = try reader.get() else { throw reader.error("this class is not closed", at: here) }
    return token
  }

  private mutating func member(_ token: PatternReader.Token) throws(PatternError) -> Member {
    guard token.isEscape else { return .character(token.scalar.value) }
    if let shorthand = Shorthand(token.scalar) { return .shorthand(shorthand) }
    return .character(try classCharacter(token))
  }

  private func classText(
    _ ranges: [ClosedRange<UInt32>], _ shorthands: String, _ isNegated: Bool
  ) -> String {
    let members = withCases(ranges).compactMap(clipped).map { classMember($0) }.joined() + shorthands
    if members.isEmpty { return isNegated ? "(?s:.)" : "(?!)" }
    return (isNegated ? "[^" : "[") + members + "]"
  }

  /// A range without the surrogates at its ends, which no text contains and PCRE2 refuses.
  private func clipped(_ range: ClosedRange<UInt32>) -> ClosedRange<UInt32>? {
    let surrogates: ClosedRange<UInt32> = 0xD800...0xDFFF
    let low = surrogates.contains(range.lowerBound) ? 0xE000 : range.lowerBound
    let high = surrogates.contains(range.upperBound) ? 0xD7FF : range.upperBound
    return low <= high ? low...high : nil
  }

  /// One character.
  func literal(_ value: UInt32) -> Piece {
    let all = withCases([value...value])
    if all.count > 1 { return Piece(text: classText(all, "", false), width: .one) }
    guard let scalar = Unicode.Scalar(value) else { return Piece(text: "(?!)", width: .one) }
    let isSafe = !scalar.isASCII || scalar.isASCIILetter || scalar.isASCIIDigit || scalar == "_"
    return Piece(text: isSafe ? String(scalar) : "\\x{\(String(value, radix: 16))}", width: .one)
  }

  /// The ranges with the equals of their letters that PCRE2's caseless matching does not know.
  private func withCases(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    guard flags.ignoresCase else { return ranges }
    var out = ranges
    for range in ranges {
      if flags.isASCII {
        out += [range.clampedOrNil(to: 0x41...0x5A)].compactMap(\.self).map { $0.shifted(by: 32) }
        out += [range.clampedOrNil(to: 0x61...0x7A)].compactMap(\.self).map { $0.shifted(by: -32) }
      } else {
        for family in letterFamilies where family.contains(where: range.contains) {
          out += family.map { $0...$0 }
        }
      }
    }
    return out
  }
}

/// Letters that Python's `re` takes for one another and PCRE2 does not: i with and without dots, and three
/// pairs.
private let letterFamilies: [[UInt32]] = [
  [0x49, 0x69, 0x130, 0x131], [0x390, 0x1FD3], [0x3B0, 0x1FE3], [0xFB05, 0xFB06],
]

extension ClosedRange<UInt32> {
  fileprivate func clampedOrNil(to other: ClosedRange<UInt32>) -> ClosedRange<UInt32>? {
    overlaps(other) ? clamped(to: other) : nil
  }

  fileprivate func shifted(by distance: Int32) -> ClosedRange<UInt32> {
    UInt32(Int32(lowerBound) + distance)...UInt32(Int32(upperBound) + distance)
  }
}
