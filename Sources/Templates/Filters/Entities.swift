/// The character references that texts in tasks hold: numbers, and the names that are common.
enum Entities {
  private static let named: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "copy": "\u{A9}",
    "reg": "\u{AE}", "trade": "\u{2122}", "hellip": "\u{2026}", "mdash": "\u{2014}", "ndash": "\u{2013}",
    "lsquo": "\u{2018}", "rsquo": "\u{2019}", "ldquo": "\u{201C}", "rdquo": "\u{201D}", "laquo": "\u{AB}",
    "raquo": "\u{BB}", "bull": "\u{2022}", "middot": "\u{B7}", "times": "\u{D7}", "divide": "\u{F7}",
    "deg": "\u{B0}", "euro": "\u{20AC}", "pound": "\u{A3}", "yen": "\u{A5}", "cent": "\u{A2}",
    "sect": "\u{A7}",
    "para": "\u{B6}", "plusmn": "\u{B1}", "frac12": "\u{BD}", "auml": "\u{E4}", "ouml": "\u{F6}",
    "uuml": "\u{FC}", "Auml": "\u{C4}", "Ouml": "\u{D6}", "Uuml": "\u{DC}", "szlig": "\u{DF}",
    "eacute": "\u{E9}",
    "egrave": "\u{E8}", "agrave": "\u{E0}", "aacute": "\u{E1}", "ntilde": "\u{F1}", "ccedil": "\u{E7}",
  ]

  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var out = ""
    var rest = Substring(text)
    while let mark = rest.firstIndex(of: "&") {
      out += rest[..<mark]
      rest = rest[mark...]
      let body = rest.dropFirst().prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "#") }
      if let character = character(body), rest.dropFirst(1 + body.count).first == ";" {
        out += character
        rest = rest.dropFirst(2 + body.count)
      } else {
        out += "&"
        rest = rest.dropFirst()
      }
    }
    return out + rest
  }

  private static func character(_ body: Substring) -> String? {
    guard body.first == "#" else { return named[String(body)] }
    let digits = body.dropFirst()
    let isHex = digits.first == "x" || digits.first == "X"
    let value = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return value.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
  }
}
