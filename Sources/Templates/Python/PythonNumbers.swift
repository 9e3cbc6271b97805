import Glibc
import Values

/// Numbers as Python's `int` and `float` read them out of texts.
enum PythonNumbers {
  /// Python's `int(text, base)`, or nil where that raises.
  static func integer(_ text: String, base: Int) -> Value? {
    var digits = ascii(text.pythonStripped)
    guard base == 0 || (2...36).contains(base) else { return nil }
    var isNegative = false
    if let sign = digits.first, sign == "-" || sign == "+" {
      isNegative = sign == "-"
      digits.removeFirst()
    }
    var radix = base
    let prefix = digits.prefix(2).lowercased()
    for (name, value) in [("0x", 16), ("0o", 8), ("0b", 2)]
    where prefix == name && (base == value || base == 0) {
      digits.removeFirst(2)
      if digits.first == "_" { digits.removeFirst() }
      radix = value
    }
    if radix == 0 {
      if digits.first == "0", digits.contains(where: { $0 != "0" && $0 != "_" }) { return nil }
      radix = 10
    }
    // Python takes no more than 4300 digits.
    guard let plain = withoutUnderscores(digits), plain.utf8.count <= 4300 else { return nil }
    if let value = Int((isNegative ? "-" : "") + plain, radix: radix) { return .int(value) }
    guard plain.utf8.first != UInt8(ascii: "-"), plain.utf8.first != UInt8(ascii: "+") else { return nil }
    return WholeNumber((isNegative ? "-" : "") + plain, radix: radix)?.value
  }

  /// Python's `float(text)`, or nil where that raises.
  static func double(_ text: String) -> Double? {
    let digits = ascii(text.pythonStripped)
    guard let plain = withoutUnderscores(digits) else { return nil }
    let body = plain.drop { $0 == "-" || $0 == "+" }
    guard plain.count - body.count <= 1 else { return nil }
    switch body.lowercased() {
    case "inf", "infinity": return plain.first == "-" ? -.infinity : .infinity
    case "nan": return .nan
    default: break
    }
    guard body.allSatisfy({ $0.isASCII && ($0.isNumber || "+-eE.".contains($0)) }),
      body.contains(where: { $0.isNumber }), body.first != "e", body.first != "E"
    else { return nil }
    let value = Double(plain)
    if value == nil, plain.hasSuffix(".") { return Double(plain + "0") }
    if value == nil, let dot = plain.range(ofDotBeforeExponent: ()) { return Double(dot) }
    return value ?? (body.first == "." ? Double(plain.replacingFirstDot()) : nil)
  }

  /// Digits of other scripts as the ones of ours.
  private static func ascii(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
    return String(
      text.unicodeScalars.map { scalar in
        scalar.properties.numericType == .decimal
          ? Unicode.Scalar(UInt8(0x30 + Int(scalar.properties.numericValue ?? 0))) : scalar
      })
  }

  /// Underscores may stand between digits only.
  private static func withoutUnderscores(_ text: String) -> String? {
    guard text.contains("_") else { return text.isEmpty ? nil : text }
    let characters = Array(text)
    for (index, character) in characters.enumerated() where character == "_" {
      guard index > 0, index + 1 < characters.count,
        characters[index - 1].isHexDigit || characters[index - 1].isLetter,
        characters[index + 1].isHexDigit || characters[index + 1].isLetter
      else { return nil }
    }
    return text.filter { $0 != "_" }
  }
}

extension String {
  /// `1.e5` with a digit put after the point, which Swift asks for.
  fileprivate func range(ofDotBeforeExponent: Void) -> String? {
    guard let dot = firstIndex(of: "."), index(after: dot) < endIndex else { return nil }
    let next = self[index(after: dot)]
    guard next == "e" || next == "E", dot > startIndex else { return nil }
    return self[...dot] + "0" + self[index(after: dot)...]
  }

  fileprivate func replacingFirstDot() -> String {
    guard let dot = firstIndex(of: ".") else { return self }
    return self[..<dot] + "0" + self[dot...]
  }
}
