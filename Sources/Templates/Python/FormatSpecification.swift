import Values

/// Python's format mini-language: what stands after the colon in `"{:…}".format(…)`.
struct FormatSpecification {
  private var fill: Unicode.Scalar = " "
  private var alignment: Unicode.Scalar?
  private var sign: Unicode.Scalar = "-"
  private var isAlternate = false
  private var width = 0
  private var grouping: Unicode.Scalar?
  private var precision: Int?
  private var type: Unicode.Scalar?
  private let text: String

  init(_ text: String, for value: Value) throws(TemplateError) {
    self.text = text
    let scalars = Array(text.unicodeScalars)
    var at = 0
    func isAlignment(_ index: Int) -> Bool {
      index < scalars.count && ["<", ">", "^", "="].contains(scalars[index])
    }
    func has(_ scalar: Unicode.Scalar) -> Bool { at < scalars.count && scalars[at] == scalar }
    let hasFill = isAlignment(1)
    if hasFill {
      fill = scalars[0]
      alignment = scalars[1]
      at = 2
    } else if isAlignment(0) {
      alignment = scalars[0]
      at = 1
    }
    if has("+") || has("-") || has(" ") {
      sign = scalars[at]
      at += 1
    }
    if has("z") { at += 1 }
    if has("#") {
      isAlternate = true
      at += 1
    }
    if has("0") {
      if !hasFill { fill = "0" }
      if alignment == nil, value.asDouble != nil { alignment = "=" }
      at += 1
    }
    width = try Self.number(scalars, &at) ?? 0
    if has(",") || has("_") {
      grouping = scalars[at]
      at += 1
    }
    if has(".") {
      at += 1
      guard let digits = try Self.number(scalars, &at) else {
        throw TemplateError(.value, "Format specifier missing precision")
      }
      precision = digits
    }
    if at < scalars.count {
      type = scalars[at]
      at += 1
    }
    guard at == scalars.count else { throw invalid(value) }
    guard width <= Limits.bytes, precision ?? 0 <= 10_000 else { throw Limits.tooMuchText }
  }

  private func invalid(_ value: Value) -> TemplateError {
    TemplateError(.value, "Invalid format specifier '\(text)' for object of type '\(value.typeName)'")
  }

  private static func number(_ scalars: [Unicode.Scalar], _ at: inout Int) throws(TemplateError) -> Int? {
    var value: Int?
    while at < scalars.count, scalars[at].value >= 0x30, scalars[at].value <= 0x39 {
      value = (value ?? 0) * 10 + Int(scalars[at].value - 0x30)
      guard value ?? 0 <= Limits.bytes else { throw Limits.tooMuchText }
      at += 1
    }
    return value
  }

  func format(_ value: Value) throws(TemplateError) -> String {
    switch value {
    case .int(let it): return try number(WholeNumber(it))
    case .bool(let it):
      if text.isEmpty { return value.repr }
      return try number(WholeNumber(it ? 1 : 0))
    case .object(let it as BigInteger): return try number(it.number)
    case .double(let it): return try float(it, value)
    default: break
    }
    guard let string = value.anyString else {
      guard text.isEmpty else {
        throw TemplateError(.type, "unsupported format string passed to \(value.typeName).__format__")
      }
      return try value.string()
    }
    return try self.string(string, value)
  }

  private func string(_ string: String, _ value: Value) throws(TemplateError) -> String {
    guard type == nil || type == "s" else { throw unknown(value) }
    if alignment == "=" {
      throw TemplateError(.value, "'=' alignment not allowed in string format specifier")
    }
    if sign != "-" { throw TemplateError(.value, "Sign not allowed in string format specifier") }
    let cut = precision.map { String(string.unicodeScalars.prefix($0)) } ?? string
    return aligned("", cut, usually: "<")
  }

  private func unknown(_ value: Value) -> TemplateError {
    let code = type.map { String(Character($0)) } ?? ""
    return TemplateError(
      .value, "Unknown format code '\(code)' for object of type '\(value.typeName)'")
  }

  private func number(_ value: WholeNumber) throws(TemplateError) -> String {
    let radix: Int
    switch type {
    case nil, "d", "n": radix = 10
    case "x", "X": radix = 16
    case "o": radix = 8
    case "b": radix = 2
    case "c":
      let code = value.value.asInt.flatMap { UInt32(exactly: $0) }
      guard let scalar = code.flatMap(Unicode.Scalar.init) else {
        throw TemplateError(.arithmetic, "%c arg not in range(0x110000)")
      }
      return aligned("", String(Character(scalar)), usually: "<")
    case "e", "E", "f", "F", "g", "G", "%":
      guard let double = value.double else { throw tooLargeForFloat }
      return try float(double, value.value)
    default: throw unknown(value.value)
    }
    if precision != nil { throw TemplateError(.value, "Precision not allowed in integer format specifier") }
    let digits = value.magnitude.text(radix: radix, uppercase: type == "X")
    let prefix = isAlternate && radix != 10 ? "0\(type.map { String(Character($0)) } ?? "")" : ""
    return aligned(
      signText(isNegative: value.isNegative) + prefix, digits, usually: ">",
      groups: radix == 10 ? 3 : grouping == nil ? 0 : 4)
  }

  private func float(_ value: Double, _ original: Value) throws(TemplateError) -> String {
    let isNegative = value.sign == .minus && !value.isNaN
    var digits: String
    switch type {
    case "f", "F", "e", "E", "g", "G":
      let spec = type ?? "f"
      let least = spec == "g" || spec == "G" ? max(1, precision ?? 6) : precision ?? 6
      digits = FloatText.text(value, spec, precision: least, keepsPoint: isAlternate)
    case "n": digits = FloatText.text(value, "g", precision: max(1, precision ?? 6))
    case "%":
      digits = FloatText.text(value * 100, "f", precision: precision ?? 6, keepsPoint: isAlternate) + "%"
    case nil:
      if let precision {
        digits = FloatText.text(value, "g", precision: max(1, precision))
        if value.isFinite, !digits.contains("."), !digits.contains("e") {
          // Without a type one digit stays behind the point, unless the number needs an exponent then.
          digits =
            digits.utf8.count < max(1, precision) || precision > digits.utf8.count
            ? digits + ".0" : FloatText.text(value, "e", precision: max(0, precision - 1))
        }
      } else {
        digits = pythonRepr(value.magnitude)
      }
    default: throw unknown(original)
    }
    return aligned(signText(isNegative: isNegative), digits, usually: ">", groups: value.isFinite ? 3 : 0)
  }

  private func signText(isNegative: Bool) -> String {
    isNegative ? "-" : sign == "-" ? "" : String(Character(sign))
  }

  private func aligned(_ prefix: String, _ body: String, usually: Unicode.Scalar, groups: Int = 0) -> String {
    let side = alignment ?? usually
    var body = body
    if let grouping, groups > 0 {
      let zeros = fill == "0" && side == "=" ? width - prefix.utf8.count : 0
      body = Self.grouped(body, groups, String(Character(grouping)), atLeast: zeros)
    }
    let missing = width - prefix.scalarCount - body.scalarCount
    guard missing > 0 else { return prefix + body }
    func filler(_ count: Int) -> String { String(repeatElement(fill, count: count)) }
    return switch side {
    case "<": prefix + body + filler(missing)
    case "^": filler(missing / 2) + prefix + body + filler(missing - missing / 2)
    case "=": prefix + filler(missing) + body
    default: filler(missing) + prefix + body
    }
  }

  /// The whole part with separators; zeros that fill it to a width are separated too.
  private static func grouped(_ text: String, _ size: Int, _ separator: String, atLeast width: Int) -> String
  {
    let isDigit: (Character) -> Bool = { $0.isHexDigit }
    var whole = String(text.prefix(while: isDigit))
    let rest = String(text.dropFirst(whole.count))
    func length(_ count: Int) -> Int { count + max(0, count - 1) / size + rest.utf8.count }
    while length(whole.utf8.count) < width { whole = "0" + whole }
    var out = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.utf8.count - index) % size == 0 { out += separator }
      out.append(digit)
    }
    return out + rest
  }
}
