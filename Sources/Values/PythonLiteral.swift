/// Reads a Python literal as `ast.literal_eval` does: texts, numbers, tuples, lists, dicts, sets, True, False, None.
///
/// Nil for anything else. A set becomes a list of its members in order.
public func pythonLiteral(_ text: String) -> Value? {
  var reader = LiteralReader(text)
  return reader.whole()
}

private struct LiteralReader {
  private let scalars: [Unicode.Scalar]
  private var at = 0
  private var depth = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  mutating func whole() -> Value? {
    // Leading blanks are allowed, and empty lines, but no line that is indented.
    while let scalar = peek, scalar == " " || scalar == "\t" { at += 1 }
    while peek == "\n" { at += 1 }
    if at > 0, scalars[at - 1] == "\n", peek == " " || peek == "\t" { return nil }
    guard let first = elements(until: nil) else { return nil }
    return first
  }

  private var peek: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

  private mutating func skipSpace() {
    while let scalar = peek,
      scalar == " " || scalar == "\t" || scalar == "\u{C}" || depth > 0 && (scalar == "\n" || scalar == "\r")
    {
      at += 1
    }
    skipRemark()
  }

  /// What `#` begins ends with its line; within brackets more may follow.
  private mutating func skipRemark() {
    guard peek == "#" else { return }
    while let scalar = peek, scalar != "\n" { at += 1 }
    if depth > 0 { skipSpace() }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek == scalar else { return false }
    at += 1
    return true
  }

  /// One value, or several with commas, which make a tuple.
  private mutating func elements(until close: Unicode.Scalar?) -> Value? {
    guard let first = value() else { return nil }
    var items = [first]
    var isTuple = false
    while take(",") {
      isTuple = true
      skipSpace()
      if peek == close || peek == nil { break }
      guard let next = value() else { return nil }
      items.append(next)
    }
    if let close {
      guard take(close) else { return nil }
    } else {
      skipSpace()
      while let scalar = peek, "\n\r ".unicodeScalars.contains(scalar) { at += 1 }
      guard at == scalars.count else { return nil }
    }
    return isTuple ? .tuple(items) : first
  }

  private mutating func value() -> Value? {
    skipSpace()
    guard depth < 100, let scalar = peek else { return nil }
    switch scalar {
    case "[": return bracketed("]") { .list($0) }
    case "(": return parenthesised()
    case "{": return braced()
    case "'", "\"": return strings()
    case "r", "R", "u", "U": return isString(at: at + 1) ? strings() : nil
    case "-", "+":
      at += 1
      skipSpace()
      guard let next = peek, next == "." || ("0"..."9").contains(next), let number = number() else {
        return nil
      }
      return scalar == "+" ? number : negated(number)
    case "0"..."9", ".": return number()
    default: return word()
    }
  }

  private func negated(_ number: Value) -> Value {
    if case .double(let it) = number { return .double(-it) }
    return WholeNumber(number)?.negated.value ?? number
  }

  private mutating func bracketed(_ close: Unicode.Scalar, _ make: ([Value]) -> Value) -> Value? {
    at += 1
    depth += 1
    defer { depth -= 1 }
    var items: [Value] = []
    while !take(close) {
      guard let item = value() else { return nil }
      items.append(item)
      if !take(",") {
        guard take(close) else { return nil }
        break
      }
    }
    return make(items)
  }

  private mutating func parenthesised() -> Value? {
    at += 1
    depth += 1
    defer { depth -= 1 }
    if take(")") { return .tuple([]) }
    return elements(until: ")")
  }

  private mutating func braced() -> Value? {
    at += 1
    depth += 1
    defer { depth -= 1 }
    if take("}") { return .map([:]) }
    guard let first = value() else { return nil }
    guard take(":") else {
      var items = [first]
      while take(","), !take("}") {
        guard let next = value() else { return nil }
        items.append(next)
        if peek == "}" { break }
      }
      _ = take("}")
      return .list(items)
    }
    guard let value = value() else { return nil }
    var map: OrderedMap = [:]
    map[first] = value
    while true {
      if take("}") { return .map(map) }
      guard take(",") else { return nil }
      if take("}") { return .map(map) }
      guard let key = self.value(), take(":"), let value = self.value() else { return nil }
      map[key] = value
    }
  }

  private mutating func number() -> Value? {
    let start = at
    while let scalar = peek,
      scalar.properties.isASCIIHexDigit || "._xXoObBeE".unicodeScalars.contains(scalar)
        || (scalar == "+" || scalar == "-") && at > start && "eE".unicodeScalars.contains(scalars[at - 1])
    {
      at += 1
    }
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars[start..<at])
    // One `_` may stand between two digits, or between a base's letter and its digits.
    let lone = text.contains(/^0[xXoObB]/) ? /[xXoObB]?_(?:[^0-9a-fA-F]|$)/ : /(?:^|[^0-9])_|_(?:[^0-9]|$)/
    guard !text.contains(lone) else { return nil }
    return Self.number(text.replacing("_", with: ""))
  }

  private static func number(_ text: String) -> Value? {
    let lower = text.lowercased()
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where lower.hasPrefix(prefix) {
      return WholeNumber(lower.dropFirst(2), radix: radix)?.value
    }
    if lower.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
      // Python refuses `007` but reads `00` as zero.
      if lower.hasPrefix("0"), lower.contains(where: { $0 != "0" }) { return nil }
      return WholeNumber(lower)?.value
    }
    guard lower.contains(where: \.isNumber) else { return nil }
    let padded = (lower.hasPrefix(".") ? "0" : "") + lower.replacing(".e", with: ".0e")
    return Double(padded.hasSuffix(".") ? padded + "0" : padded).map { .double($0) }
  }

  private mutating func word() -> Value? {
    for (word, value) in [("True", Value.bool(true)), ("False", .bool(false)), ("None", .null)] {
      let letters = Array(word.unicodeScalars)
      if scalars[at...].starts(with: letters) {
        at += letters.count
        if let next = peek, next.properties.isAlphabetic || next == "_" { return nil }
        return value
      }
    }
    return nil
  }

  /// Texts that stand side by side are one.
  private mutating func strings() -> Value? {
    var text = ""
    while let first = peek {
      let hasPrefix = "rRuU".unicodeScalars.contains(first) && isString(at: at + 1)
      guard hasPrefix || isString(at: at) else { break }
      if hasPrefix { at += 1 }
      let isRaw = hasPrefix && (first == "r" || first == "R")
      guard let part = string(scalars[at], isRaw: isRaw) else { return nil }
      text += part
      skipSpace()
    }
    return .string(text)
  }

  private func isString(at place: Int) -> Bool {
    place < scalars.count && (scalars[place] == "'" || scalars[place] == "\"")
  }

  private mutating func string(_ quote: Unicode.Scalar, isRaw: Bool) -> String? {
    let isTriple = scalars[at...].starts(with: [quote, quote, quote])
    at += isTriple ? 3 : 1
    var text = String.UnicodeScalarView()
    while let scalar = peek {
      if scalar == quote, !isTriple || scalars[at...].starts(with: [quote, quote, quote]) {
        at += isTriple ? 3 : 1
        return String(text)
      }
      if scalar == "\n", !isTriple { return nil }
      at += 1
      if scalar == "\\", isRaw {
        // The backslash stays, and what follows it ends nothing.
        text.append(scalar)
        guard let next = peek else { return nil }
        text.append(next)
        at += 1
      } else if scalar == "\\" {
        guard escape(into: &text) else { return nil }
      } else {
        text.append(scalar)
      }
    }
    return nil
  }

  private mutating func escape(into text: inout String.UnicodeScalarView) -> Bool {
    guard let kind = peek else { return false }
    at += 1
    switch kind {
    case "n": text.append("\n")
    case "t": text.append("\t")
    case "r": text.append("\r")
    case "a": text.append("\u{7}")
    case "b": text.append("\u{8}")
    case "f": text.append("\u{C}")
    case "v": text.append("\u{B}")
    case "\\", "'", "\"": text.append(kind)
    case "\n": break
    // Names of characters are not known here.
    case "N": return false
    case "x": return hex(2, into: &text)
    case "u": return hex(4, into: &text)
    case "U": return hex(8, into: &text)
    case "0"..."7":
      var number = kind.value - 0x30
      while let next = peek, ("0"..."7").contains(next), number < 64 {
        number = number * 8 + next.value - 0x30
        at += 1
      }
      text.append(Unicode.Scalar(number) ?? "\u{FFFD}")
    default:
      text.append("\\")
      text.append(kind)
    }
    return true
  }

  private mutating func hex(_ count: Int, into text: inout String.UnicodeScalarView) -> Bool {
    guard at + count <= scalars.count else { return false }
    var digits = ""
    digits.unicodeScalars.append(contentsOf: scalars[at..<at + count])
    at += count
    guard let number = UInt32(digits, radix: 16) else { return false }
    text.append(Unicode.Scalar(number) ?? "\u{FFFD}")
    return true
  }
}
