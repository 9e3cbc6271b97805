import Values

/// `find` and its kin, `startswith`, and padding to a width.
extension StringMethods {
  static func search(_ name: String, _ text: String, _ given: TemplateArguments) throws(TemplateError)
    -> Value
  {
    let arguments = try given.take(name, ["sub", "start", "end"], required: 1, byPlaceOnly: true)
    guard let sought = (arguments[0] ?? .null).anyString else {
      throw TemplateError(.type, "must be str, not \(arguments[0]?.typeName ?? "NoneType")")
    }
    let scalars = Scalars(text)
    let (start, end) = try bounds(arguments[1], arguments[2], scalars.count)
    let isReal = start <= scalars.count && start <= end
    let part = isReal ? scalars[start..<end] : ""
    if name == "count" { return .int(isReal ? count(sought, part) : 0) }
    if isReal {
      let (bytes, needle) = (Array(part.utf8), Array(sought.utf8))
      let isLast = name.hasPrefix("r")
      if let found = isLast ? Scalars.findLast(needle, in: bytes) : Scalars.find(needle, in: bytes, from: 0) {
        return .int(start + String(decoding: bytes[..<found], as: UTF8.self).scalarCount)
      }
    }
    if name.hasSuffix("index") { throw TemplateError(.value, "substring not found") }
    return -1
  }

  private static func count(_ sought: String, _ text: String) -> Int {
    guard !sought.isEmpty else { return text.scalarCount + 1 }
    let (bytes, needle) = (Array(text.utf8), Array(sought.utf8))
    var (at, count) = (0, 0)
    while let found = Scalars.find(needle, in: bytes, from: at) {
      count += 1
      at = found + needle.count
    }
    return count
  }

  /// Start and end as Python's slices read them; a start beyond the end is left there, for it finds nothing.
  private static func bounds(_ start: Value?, _ end: Value?, _ count: Int) throws(TemplateError) -> (Int, Int)
  {
    func place(_ value: Value?, _ other: Int) throws(TemplateError) -> Int {
      guard let value, !value.isNull else { return other }
      guard let index = value.asInt else {
        throw TemplateError(.type, "slice indices must be integers or None or have an __index__ method")
      }
      return index < 0 ? max(0, count + max(index, -count)) : index
    }
    return (try place(start, 0), min(count, try place(end, count)))
  }

  static func affix(_ name: String, _ text: String, _ given: TemplateArguments) throws(TemplateError) -> Value
  {
    let arguments = try given.take(name, ["prefix", "start", "end"], required: 1, byPlaceOnly: true)
    let affix = arguments[0] ?? .null
    var candidates: [String] = []
    switch affix {
    case .tuple(let items):
      for item in items {
        guard let text = item.anyString else {
          throw TemplateError(.type, "tuple for \(name) must only contain str, not \(item.typeName)")
        }
        candidates.append(text)
      }
    default:
      guard let text = affix.anyString else {
        throw TemplateError(.type, "\(name) first arg must be str or a tuple of str, not \(affix.typeName)")
      }
      candidates = [text]
    }
    let bytes: [UInt8]
    if arguments[1] == nil, arguments[2] == nil {
      bytes = Array(text.utf8)
    } else {
      let scalars = Scalars(text)
      let (start, end) = try bounds(arguments[1], arguments[2], scalars.count)
      guard start <= end else { return false }
      bytes = Array(scalars[start..<end].utf8)
    }
    return .bool(
      candidates.contains {
        name == "startswith"
          ? bytes.starts(with: $0.utf8)
          : bytes.count >= $0.utf8.count && bytes.suffix($0.utf8.count).elementsEqual($0.utf8)
      })
  }

  static func pad(_ name: String, _ text: String, _ given: TemplateArguments) throws(TemplateError) -> String
  {
    let names = name == "zfill" ? ["width"] : ["width", "fillchar"]
    let arguments = try given.take(name, names, required: 1, byPlaceOnly: true)
    let width = try (arguments[0] ?? .null).index()
    guard width <= Limits.bytes else { throw Limits.tooMuchText }
    if name == "zfill" { return zeroFilled(text, width) }
    var fill: Unicode.Scalar = " "
    if let given = arguments[1] {
      guard let text = given.anyString else {
        throw TemplateError(.type, "The fill character must be a unicode character, not \(given.typeName)")
      }
      guard text.scalarCount == 1, let only = text.unicodeScalars.first else {
        throw TemplateError(.type, "The fill character must be exactly one character long")
      }
      fill = only
    }
    return padded(text, name, width, fill)
  }

  static func padded(_ text: String, _ side: String, _ width: Int, _ fill: Unicode.Scalar = " ") -> String {
    let missing = width - text.scalarCount
    guard missing > 0 else { return text }
    // Python puts the odd one on the left only when the width is odd too.
    let left = side == "ljust" ? 0 : side == "rjust" ? missing : missing / 2 + (missing & width & 1)
    return String(repeatElement(fill, count: left)) + text
      + String(repeatElement(fill, count: missing - left))
  }

  private static func zeroFilled(_ text: String, _ width: Int) -> String {
    let missing = width - text.scalarCount
    guard missing > 0 else { return text }
    let zeros = String(repeating: "0", count: missing)
    guard let sign = text.utf8.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") else {
      return zeros + text
    }
    return String(decoding: [sign], as: UTF8.self) + zeros
      + text.unicodeScalars.dropFirst().reduce(into: "") { $0.unicodeScalars.append($1) }
  }

  static func expandTabs(_ text: String, _ size: Int) throws(TemplateError) -> String {
    var out = ""
    var column = 0
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t":
        guard size > 0 else { continue }
        let width = size - column % size
        guard out.utf8.count + width <= Limits.bytes else { throw Limits.tooMuchText }
        out += String(repeating: " ", count: width)
        column += width
      case "\n", "\r":
        out.unicodeScalars.append(scalar)
        column = 0
      default:
        out.unicodeScalars.append(scalar)
        column += 1
      }
    }
    return out
  }
}
