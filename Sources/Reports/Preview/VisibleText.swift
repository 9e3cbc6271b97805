/// Makes visible what cannot be seen in a text.
public struct VisibleText: Sendable {
  /// Whether white space is shown too, and not only what would upset a terminal.
  public var showsSpace: Bool

  public init(showsSpace: Bool) { self.showsSpace = showsSpace }

  /// The text with signs for what cannot be seen; line ends stay where they are.
  public func callAsFunction(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let sign = sign(of: scalar) {
        out.append(contentsOf: sign.unicodeScalars)
      } else {
        out.append(scalar)
      }
    }
    return String(out)
  }

  private func sign(of scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\n": showsSpace ? "⏎\n" : nil
    case " ": showsSpace ? "·" : nil
    case "\t": showsSpace ? "→\t" : nil
    case "\u{7F}": "␡"
    // The signs for control characters stand in their order: a terminal must not act on what a row holds.
    case "\u{0}"..."\u{1F}": Unicode.Scalar(0x2400 + scalar.value).map { String(Character($0)) }
    case "\u{80}"..."\u{9F}": Self.code(scalar)
    default: showsSpace ? Self.name(of: scalar) : Self.turning.contains(scalar) ? Self.name(of: scalar) : nil
    }
  }

  /// The name of a character that looks like a blank or like nothing at all; nil for any other.
  static func name(of scalar: Unicode.Scalar) -> String? {
    if scalar.value < 0xA0 { return nil }
    if let name = names[scalar] { return "⟨\(name)⟩" }
    switch scalar.properties.generalCategory {
    case .spaceSeparator, .lineSeparator, .paragraphSeparator, .format: return code(scalar)
    default: return nil
    }
  }

  private static func code(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "⟨U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)⟩"
  }

  /// What turns the direction of all that follows on a line.
  private static let turning: Set<Unicode.Scalar> = [
    "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2066}", "\u{2067}", "\u{2068}",
    "\u{2069}",
  ]

  /// The characters that have a name, in their order.
  static var named: [(Unicode.Scalar, String)] { names.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }

  private static let names: [Unicode.Scalar: String] = [
    "\u{A0}": "NBSP", "\u{AD}": "SHY", "\u{200B}": "ZWSP", "\u{200C}": "ZWNJ", "\u{200D}": "ZWJ",
    "\u{200E}": "LRM", "\u{200F}": "RLM", "\u{2028}": "LSEP", "\u{2029}": "PSEP", "\u{202F}": "NNBSP",
    "\u{2060}": "WJ", "\u{3000}": "IDSP", "\u{FEFF}": "BOM",
  ]
}
