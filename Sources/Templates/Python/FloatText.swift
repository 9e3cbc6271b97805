import Glibc
import Values

/// Floats with a given number of digits, rounded from their exact value as C and Python do.
enum FloatText {
  /// `type` is one of `f`, `e` and `g`, or the same in capitals.
  static func text(_ value: Double, _ type: Unicode.Scalar, precision: Int, keepsPoint: Bool = false)
    -> String
  {
    if !value.isFinite {
      let name = value.isNaN ? "nan" : "inf"
      return type.properties.isUppercase ? name.uppercased() : name
    }
    var buffer = [CChar](repeating: 0, count: precision + 400)
    let format = "%\(keepsPoint ? "#" : "").\(precision)\(type)"
    let length = withVaList([value.magnitude]) { vsnprintf(&buffer, buffer.count, format, $0) }
    return String(decoding: buffer.prefix(max(0, Int(length))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Python's `round(x, digits)` of a float.
  static func rounded(_ value: Double, _ digits: Int) -> Double {
    guard value.isFinite, value != 0, digits <= 323 else { return value }
    if digits >= 0 {
      let magnitude = strtod(text(value, "f", precision: digits), nil)
      return value < 0 ? -magnitude : magnitude
    }
    guard digits > -309 else { return value < 0 ? -0.0 : 0.0 }
    let magnitude = value.magnitude
    let whole = text(magnitude.rounded(.towardZero), "f", precision: 0)
    let kept = roundedDigits(whole, -digits, hasMore: magnitude != magnitude.rounded(.towardZero))
    let result = strtod(kept, nil)
    return value < 0 ? -result : result
  }

  /// Python's `round(n, digits)` of an integer, for negative digits.
  static func rounded(_ value: WholeNumber, _ digits: Int) -> WholeNumber {
    guard digits < 0, !value.isZero else { return value }
    let text = roundedDigits(value.magnitude.description, min(-digits, Limits.bits), hasMore: false)
    return WholeNumber((value.isNegative ? "-" : "") + text) ?? value
  }

  /// Decimal digits with the last `count` made zeros, half to even.
  private static func roundedDigits(_ text: String, _ count: Int, hasMore: Bool) -> String {
    var digits = Array(text.utf8).map { Int($0) - 0x30 }
    if digits.count < count { return "0" }
    digits.insert(0, at: 0)
    let edge = digits.count - count
    let dropped = digits[edge...]
    let first = dropped.first ?? 0
    let isTie = first == 5 && !hasMore && dropped.dropFirst().allSatisfy { $0 == 0 }
    let goesUp = first > 5 || (first == 5 && (!isTie || digits[edge - 1] % 2 == 1))
    if goesUp {
      var place = edge - 1
      digits[place] += 1
      while place > 0, digits[place] == 10 {
        digits[place] = 0
        place -= 1
        digits[place] += 1
      }
    }
    for place in edge..<digits.count { digits[place] = 0 }
    return String(decoding: digits.map { UInt8($0 + 0x30) }, as: UTF8.self)
  }
}
