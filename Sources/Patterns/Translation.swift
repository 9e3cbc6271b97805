/// A pattern of Python's `re` written anew for PCRE2.
struct Translation {
  let pattern: String
  let groupCount: Int
  let groupNames: [String: Int]

  init(_ text: String) throws(PatternError) {
    var translator = try Translator(text)
    pattern = try translator.whole()
    groupCount = translator.widths.count - 1
    groupNames = translator.names
  }
}

/// A part of a pattern: its PCRE2 text and how much it can match.
struct Piece {
  enum Kind {
    /// `^`, `\b` and their like, which nothing may repeat.
    case anchor
    case repeated
    case item
  }

  var text: String
  var width: Width
  var kind = Kind.item
}

/// The fewest and the most characters that a part can match.
struct Width: Equatable {
  /// Python's word for "without bound".
  static let unbounded = 4_294_967_295

  var low: Int
  var high: Int

  static let zero = Width(low: 0, high: 0)
  static let one = Width(low: 1, high: 1)

  var isFixed: Bool { low == high }

  private static func clamped(_ low: Int, _ high: Int) -> Width {
    Width(low: min(low, unbounded - 1), high: min(high, unbounded))
  }

  static func + (a: Width, b: Width) -> Width { clamped(a.low + b.low, a.high + b.high) }

  /// Either of the two.
  func or(_ other: Width) -> Width { Width(low: min(low, other.low), high: max(high, other.high)) }

  func times(_ counts: ClosedRange<Int>) -> Width {
    // Both factors are below 2^32, so only the product of two unbounded ones comes near Int's end.
    let high = high.multipliedReportingOverflow(by: counts.upperBound)
    return Width.clamped(low * counts.lowerBound, high.overflow ? Width.unbounded : high.partialValue)
  }
}

/// The flags in force at some place of a pattern.
struct Flags: Equatable {
  var ignoresCase = false
  var isMultiline = false
  var dotMatchesNewline = false
  var isVerbose = false
  var isASCII = false

  /// PCRE2's caseless matching is Unicode's; under `a` letters are spelled out in both cases instead.
  var isCaseless: Bool { ignoresCase && !isASCII }
}
