extension Value {
  /// Python's `str(x)`: how it prints in a template.
  public var text: String {
    switch self {
    case .string(let it): return it
    case .object(let it): return it.text
    default: return repr
    }
  }

  /// Python's `repr(x)`: how it prints inside a list.
  public var repr: String {
    switch self {
    case .null: "None"
    case .bool(let it): it ? "True" : "False"
    case .int(let it): String(it)
    case .double(let it): pythonRepr(it)
    case .string(let it): pythonRepr(it)
    case .list(let it): "[" + it.map(\.repr).joined(separator: ", ") + "]"
    case .tuple(let it):
      it.count == 1 ? "(\(it[0].repr),)" : "(" + it.map(\.repr).joined(separator: ", ") + ")"
    case .map(let it): "{" + it.map { "\($0.repr): \($1.repr)" }.joined(separator: ", ") + "}"
    case .object(let it): it.repr
    }
  }
}

/// Python's `repr` of a text: single quotes unless only those occur in it, unprintable characters escaped.
public func pythonRepr(_ text: String) -> String {
  let quote: Unicode.Scalar =
    text.utf8.contains(UInt8(ascii: "'")) && !text.utf8.contains(UInt8(ascii: "\"")) ? "\"" : "'"
  var out = String(quote)
  for scalar in text.unicodeScalars {
    switch scalar {
    case quote, "\\":
      out.unicodeScalars.append("\\")
      out.unicodeScalars.append(scalar)
    case "\n": out += "\\n"
    case "\r": out += "\\r"
    case "\t": out += "\\t"
    case let it where it.isASCII && it.value >= 0x20 && it.value < 0x7F: out.unicodeScalars.append(it)
    case let it where isPrintable(it): out.unicodeScalars.append(it)
    default:
      let hex = String(scalar.value, radix: 16)
      let width = scalar.value < 0x100 ? 2 : scalar.value < 0x10000 ? 4 : 8
      out +=
        (width == 2 ? "\\x" : width == 4 ? "\\u" : "\\U") + String(repeating: "0", count: width - hex.count)
        + hex
    }
  }
  out.unicodeScalars.append(quote)
  return out
}

private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
    .spaceSeparator:
    false
  default: true
  }
}

/// Python's `repr` of a float: the shortest digits that read back, `1.0`, `1e-07`, `1e+16`, `inf`, `nan`.
public func pythonRepr(_ number: Double) -> String {
  guard number.isFinite else { return number.isNaN ? "nan" : number < 0 ? "-inf" : "inf" }
  let (digits, point) = decimalDigits(number.magnitude)
  let sign = number.sign == .minus ? "-" : ""
  // `point` is where the decimal point stands, counted from the first digit; Python keeps 1e-4 ..< 1e16 plain.
  if point > 16 || point < -3 {
    let exponent = point - 1
    let mantissa = digits.count == 1 ? digits : digits.prefix(1) + "." + digits.dropFirst()
    let size = String(exponent.magnitude)
    return sign + mantissa + (exponent < 0 ? "e-" : "e+") + (size.count < 2 ? "0" : "") + size
  }
  if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
  if digits.count <= point {
    return sign + digits + String(repeating: "0", count: point - digits.count) + ".0"
  }
  return sign + digits.prefix(point) + "." + digits.dropFirst(point)
}

/// The shortest decimal digits of a number and where its point stands among them.
private func decimalDigits(_ number: Double) -> (digits: String, point: Int) {
  guard number != 0 else { return ("0", 1) }
  let parts = number.description.split(separator: "e")
  let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
  var digits = mantissa.joined()
  var point = mantissa[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
  let zeros = digits.prefix { $0 == "0" }.count
  digits.removeFirst(zeros)
  point -= zeros
  while digits.count > 1, digits.last == "0" { digits.removeLast() }
  return (digits, point)
}

extension Unicode.Scalar {
  /// Whether Python's `str.isspace()` holds for it.
  public var isPythonSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      true
    default: false
    }
  }
}

extension StringProtocol {
  /// Python's `str.strip()`.
  public var pythonStripped: String { String(strippedStart.strippedEnd) }
  /// Python's `str.lstrip()`.
  public var pythonLeftStripped: String { String(strippedStart) }
  /// Python's `str.rstrip()`.
  public var pythonRightStripped: String { String(strippedEnd) }

  private var strippedStart: SubSequence {
    let scalars = unicodeScalars
    return self[(scalars.firstIndex { !$0.isPythonSpace } ?? scalars.endIndex)...]
  }

  private var strippedEnd: SubSequence {
    let scalars = unicodeScalars
    var end = scalars.endIndex
    while end > scalars.startIndex, scalars[scalars.index(before: end)].isPythonSpace {
      end = scalars.index(before: end)
    }
    return self[..<end]
  }

  /// Python's `str.upper()`: full mappings, no locale.
  public var pythonUppercased: String {
    var out = ""
    for scalar in unicodeScalars { out += scalar.properties.uppercaseMapping }
    return out
  }

  /// Python's `str.lower()`: full mappings, no locale, the final form of sigma at the end of a word.
  public var pythonLowercased: String {
    if utf8.allSatisfy({ $0 < 0x80 }) { return lowercased() }
    let scalars = Array(unicodeScalars)
    var out = ""
    for (index, scalar) in scalars.enumerated() {
      out +=
        scalar == "\u{3A3}"
        ? (isFinalSigma(scalars, index) ? "\u{3C2}" : "\u{3C3}") : scalar.properties.lowercaseMapping
    }
    return out
  }
}

private func isFinalSigma(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
  let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
  let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
  return before?.properties.isCased == true && after?.properties.isCased != true
}

extension Value: CustomStringConvertible {
  /// As Python's `repr`, which is how tests and tables of options show it.
  public var description: String { repr }
}
