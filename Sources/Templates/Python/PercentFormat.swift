import Values

/// Python's `format % values`.
struct PercentFormat {
  private let format: [Unicode.Scalar]
  private let values: Value
  private let isMarkup: Bool
  private var at = 0
  private var used = 0
  private var out = ""

  private struct Field {
    var key: String?
    var isLeft = false
    var sign: Unicode.Scalar?
    var hasZeros = false
    var isAlternate = false
    var width = 0
    var precision: Int?
  }

  static func format(_ format: String, _ values: Value, isMarkup: Bool = false) throws(TemplateError)
    -> String
  {
    var formatter = PercentFormat(format: Array(format.unicodeScalars), values: values, isMarkup: isMarkup)
    return try formatter.run()
  }

  private init(format: [Unicode.Scalar], values: Value, isMarkup: Bool) {
    self.format = format
    self.values = values
    self.isMarkup = isMarkup
  }

  private var arguments: [Value] { if case .tuple(let items) = values { items } else { [values] } }

  private mutating func run() throws(TemplateError) -> String {
    while at < format.count {
      let scalar = format[at]
      at += 1
      if scalar == "%" { try field() } else { out.unicodeScalars.append(scalar) }
      if out.utf8.count > Limits.bytes { throw Limits.tooMuchText }
    }
    if used < arguments.count, !isMapping {
      throw TemplateError(.type, "not all arguments converted during string formatting")
    }
    return out
  }

  /// A mapping, a list or an object may be given without being used up.
  private var isMapping: Bool {
    switch values {
    case .map, .list: true
    case .object(let object): !(object is Markup)
    default: false
    }
  }

  private mutating func field() throws(TemplateError) {
    var field = Field()
    if at < format.count, format[at] == "(" { field.key = try key() }
    flags: while at < format.count {
      switch format[at] {
      case "-": field.isLeft = true
      case "+": field.sign = "+"
      case " ": if field.sign == nil { field.sign = " " }
      case "0": field.hasZeros = true
      case "#": field.isAlternate = true
      default: break flags
      }
      at += 1
    }
    if let width = try number(&field) { field.width = width }
    if field.width < 0 {
      field.isLeft = true
      field.width = -field.width
    }
    if at < format.count, format[at] == "." {
      at += 1
      field.precision = max(0, try number(&field) ?? 0)
    }
    while at < format.count, ["h", "l", "L"].contains(format[at]) { at += 1 }
    guard at < format.count else { throw TemplateError(.value, "incomplete format") }
    guard field.width <= Limits.bytes, field.precision ?? 0 <= 10_000 else { throw Limits.tooMuchText }
    let type = format[at]
    at += 1
    try convert(type, field)
  }

  private mutating func key() throws(TemplateError) -> String {
    at += 1
    var name = String.UnicodeScalarView()
    var level = 1
    while at < format.count {
      let scalar = format[at]
      at += 1
      if scalar == "(" { level += 1 }
      if scalar == ")" { level -= 1 }
      if level == 0 {
        guard case .map = values else { throw TemplateError(.type, "format requires a mapping") }
        return String(name)
      }
      name.append(scalar)
    }
    throw TemplateError(.value, "incomplete format key")
  }

  private mutating func number(_ field: inout Field) throws(TemplateError) -> Int? {
    if at < format.count, format[at] == "*" {
      at += 1
      guard case .int(let width) = try next(nil) else { throw TemplateError(.type, "* wants int") }
      return width
    }
    var value: Int?
    while at < format.count, format[at].value >= 0x30, format[at].value <= 0x39 {
      value = (value ?? 0) * 10 + Int(format[at].value - 0x30)
      guard value ?? 0 <= Limits.bytes else { throw Limits.tooMuchText }
      at += 1
    }
    return value
  }

  private mutating func next(_ key: String?) throws(TemplateError) -> Value {
    if let key {
      guard case .map(let map) = values, let value = map[key] else {
        throw TemplateError(.lookup, pythonRepr(key))
      }
      return value
    }
    guard used < arguments.count else { throw TemplateError(.type, "not enough arguments for format string") }
    used += 1
    return arguments[used - 1]
  }

  private mutating func convert(_ type: Unicode.Scalar, _ field: Field) throws(TemplateError) {
    switch type {
    case "%":
      out += "%"
    case "s", "r", "a":
      var text = try self.text(type, try next(field.key))
      if let precision = field.precision { text = String(text.unicodeScalars.prefix(precision)) }
      pad(text, field)
    case "c": pad(try character(try next(field.key)), field)
    case "d", "i", "u", "x", "X", "o": try integer(type, field)
    case "e", "E", "f", "F", "g", "G": try float(type, field)
    default:
      let name = type.isASCII && type.value >= 0x20 ? String(Character(type)) : "?"
      throw TemplateError(
        .value,
        "unsupported format character '\(name)' (0x\(String(type.value, radix: 16))) at index \(at - 1)")
    }
  }

  private func text(_ type: Unicode.Scalar, _ value: Value) throws(TemplateError) -> String {
    let text = type == "s" ? try value.string() : try value.quoted()
    return isMarkup && !value.isMarkup ? escaped(text) : text
  }

  private func character(_ value: Value) throws(TemplateError) -> String {
    if let code = value.asInt {
      guard let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) else {
        throw TemplateError(.arithmetic, "%c arg not in range(0x110000)")
      }
      return String(Character(scalar))
    }
    guard let text = try value.defined().anyString, text.scalarCount == 1 else {
      throw TemplateError(.type, "%c requires int or char")
    }
    return text
  }

  private mutating func integer(_ type: Unicode.Scalar, _ field: Field) throws(TemplateError) {
    let value = try next(field.key).defined()
    var number = WholeNumber(value)
    if number == nil, case .double(let double) = value, type == "d" || type == "i" || type == "u" {
      guard double.isFinite else {
        throw double.isNaN
          ? TemplateError(.value, "cannot convert float NaN to integer")
          : TemplateError(.arithmetic, "cannot convert float infinity to integer")
      }
      number = WholeNumber(double)
    }
    guard let number else {
      let wanted = ["x", "X", "o"].contains(type) ? "an integer is required" : "a real number is required"
      throw TemplateError(.type, "%\(type) format: \(wanted), not \(value.typeName)")
    }
    let radix = type == "o" ? 8 : type == "x" || type == "X" ? 16 : 10
    var digits = number.magnitude.text(radix: radix, uppercase: type == "X")
    if let precision = field.precision {
      digits = String(repeating: "0", count: max(0, precision - digits.utf8.count)) + digits
    }
    var prefix = number.isNegative ? "-" : field.sign.map { String(Character($0)) } ?? ""
    if field.isAlternate, radix != 10 { prefix += radix == 8 ? "0o" : "0\(type)" }
    padNumber(prefix, digits, field)
  }

  private mutating func float(_ type: Unicode.Scalar, _ field: Field) throws(TemplateError) {
    let value = try next(field.key).defined()
    guard let number = value.asDouble else {
      if value.isBigInteger { throw tooLargeForFloat }
      throw TemplateError(.type, "must be real number, not \(value.typeName)")
    }
    let digits = FloatText.text(number, type, precision: field.precision ?? 6, keepsPoint: field.isAlternate)
    let isNegative = number.sign == .minus && !number.isNaN
    padNumber(isNegative ? "-" : field.sign.map { String(Character($0)) } ?? "", digits, field)
  }

  private mutating func padNumber(_ prefix: String, _ digits: String, _ field: Field) {
    let missing = field.width - prefix.utf8.count - digits.utf8.count
    if field.hasZeros, !field.isLeft, missing > 0 {
      out += prefix + String(repeating: "0", count: missing) + digits
    } else {
      pad(prefix + digits, field)
    }
  }

  private mutating func pad(_ text: String, _ field: Field) {
    let fill = String(repeating: " ", count: max(0, field.width - text.scalarCount))
    out += field.isLeft ? text + fill : fill + text
  }
}
