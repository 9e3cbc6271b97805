public import Values

/// What YAML 1.1 makes of a plain scalar, as PyYAML's resolver has it.
///
/// Dates stay texts. `1e-5` is a text (a float needs a point and a signed exponent), `010` is eight, `12:30` is 750.
public func resolvePlainScalar(_ text: String) -> Value {
  // No word that means something is longer than `false`, and what is no word begins before the letters.
  if text.utf8.count > 5, let first = text.utf8.first, first >= 0x3A, first != UInt8(ascii: "~") {
    return .string(text)
  }
  switch text {
  case "", "~", "null", "Null", "NULL": return .null
  case "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": return .bool(true)
  case "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": return .bool(false)
  case ".nan", ".NaN", ".NAN": return .double(.nan)
  default: break
  }
  guard let first = text.utf8.first, first < 0x3A else { return .string(text) }
  let isNegative = first == UInt8(ascii: "-")
  let isSigned = isNegative || first == UInt8(ascii: "+")
  let body = Array(isSigned ? text.utf8.dropFirst() : text.utf8[...])
  if let magnitude = whole(body) { return isNegative ? negated(magnitude) : magnitude }
  if let magnitude = real(body, isSigned: isSigned) { return .double(isNegative ? -magnitude : magnitude) }
  return .string(text)
}

private func negated(_ value: Value) -> Value {
  WholeNumber(value)?.negated.value ?? value
}

private let underscore = UInt8(ascii: "_")

private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

/// Binary, octal, decimal, hexadecimal or base 60.
private func whole(_ body: [UInt8]) -> Value? {
  guard let first = body.first, isDigit(first) else { return nil }
  if first == UInt8(ascii: "0"), body.count > 1 {
    switch body[1] {
    case UInt8(ascii: "b"): return number(body.dropFirst(2), radix: 2)
    case UInt8(ascii: "x"): return number(body.dropFirst(2), radix: 16)
    default: return number(body.dropFirst(), radix: 8)
    }
  }
  if body.allSatisfy({ isDigit($0) || $0 == underscore }) { return number(body[...], radix: 10) }
  return first == UInt8(ascii: "0") ? nil : base60(body).map { .int($0) }
}

/// The digits with underscores between them.
private func number(_ digits: ArraySlice<UInt8>, radix: Int) -> Value? {
  let plain = String(decoding: digits.filter { $0 != underscore }, as: UTF8.self)
  if plain.isEmpty { return digits.isEmpty || radix != 8 ? nil : .int(0) }
  if plain.utf8.first == UInt8(ascii: "+") || plain.utf8.first == UInt8(ascii: "-") { return nil }
  if let it = Int(plain, radix: radix) { return .int(it) }
  return WholeNumber(plain, radix: radix)?.value
}

/// `1:30:15`: every part after the first is below 60.
private func base60(_ body: [UInt8]) -> Int? {
  let parts = body.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
  guard parts.count > 1, parts[0].allSatisfy({ isDigit($0) || $0 == underscore }) else { return nil }
  var total = Int(String(decoding: parts[0].filter { $0 != underscore }, as: UTF8.self)) ?? 0
  for part in parts.dropFirst() {
    guard (1...2).contains(part.count), part.allSatisfy(isDigit),
      let digits = Int(String(decoding: part, as: UTF8.self)),
      digits < 60, case (let product, false) = total.multipliedReportingOverflow(by: 60)
    else { return nil }
    total = product + digits
  }
  return total
}

/// A float: it has a point, and an exponent has a sign.
private func real(_ body: [UInt8], isSigned: Bool) -> Double? {
  let text = String(decoding: body, as: UTF8.self)
  if [".inf", ".Inf", ".INF"].contains(text) { return .infinity }
  guard let point = body.firstIndex(of: UInt8(ascii: ".")) else { return nil }
  let head = body[..<point]
  let exponent = body.firstIndex { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") } ?? body.count
  guard exponent > point else { return nil }
  let fraction = body[(point + 1)..<exponent]
  guard fraction.allSatisfy({ isDigit($0) || $0 == underscore }) else { return nil }
  if head.isEmpty {
    // `.5` is a float, `-.5` and `._5` are texts.
    guard !isSigned, let first = fraction.first, isDigit(first) else { return nil }
  } else if head.contains(UInt8(ascii: ":")) {
    guard exponent == body.count, let whole = base60(Array(head)) else { return nil }
    return Double(whole) + (Double("0." + String(decoding: fraction.filter(isDigit), as: UTF8.self)) ?? 0)
  } else {
    guard isDigit(head[0]), head.allSatisfy({ isDigit($0) || $0 == underscore }) else { return nil }
  }
  if exponent < body.count {
    let digits = body[(exponent + 1)...]
    guard let sign = digits.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      digits.count > 1, digits.dropFirst().allSatisfy(isDigit)
    else { return nil }
  }
  let plain = text.filter { $0 != "_" }
  return Double(
    plain.hasPrefix(".")
      ? "0" + plain
      : plain.hasSuffix(".") ? plain + "0" : plain.replacing(".e", with: ".0e").replacing(".E", with: ".0E"))
}
