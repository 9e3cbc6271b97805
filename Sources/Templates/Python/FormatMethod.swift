import Values

/// Python's `format.format(…)`.
struct FormatMethod {
  private let positional: [Value]
  private let named: OrderedMap
  private var next = 0
  private var isNumbered: Bool?

  static func format(_ text: String, _ positional: [Value], _ named: OrderedMap) throws(TemplateError)
    -> String
  {
    var method = FormatMethod(positional: positional, named: named)
    return try method.run(Array(text.unicodeScalars), 2)
  }

  private init(positional: [Value], named: OrderedMap) {
    self.positional = positional
    self.named = named
  }

  private mutating func run(_ scalars: [Unicode.Scalar], _ level: Int) throws(TemplateError) -> String {
    guard level > 0 else { throw TemplateError(.value, "Max string recursion exceeded") }
    var out = ""
    var at = 0
    while at < scalars.count {
      let scalar = scalars[at]
      at += 1
      guard scalar == "{" || scalar == "}" else {
        out.unicodeScalars.append(scalar)
        continue
      }
      if at < scalars.count, scalars[at] == scalar {
        out.unicodeScalars.append(scalar)
        at += 1
        continue
      }
      guard scalar == "{" else { throw TemplateError(.value, "Single '}' encountered in format string") }
      guard at < scalars.count else { throw TemplateError(.value, "Single '{' encountered in format string") }
      let start = at
      var open = 1
      while at < scalars.count, open > 0 {
        if scalars[at] == "{" { open += 1 }
        if scalars[at] == "}" { open -= 1 }
        at += 1
      }
      guard open == 0 else { throw TemplateError(.value, "expected '}' before end of string") }
      out += try field(Array(scalars[start..<(at - 1)]), level)
      if out.utf8.count > Limits.bytes { throw Limits.tooMuchText }
    }
    return out
  }

  private mutating func field(_ scalars: [Unicode.Scalar], _ level: Int) throws(TemplateError) -> String {
    let end = scalars.firstIndex { $0 == "!" || $0 == ":" } ?? scalars.count
    var value = try self.value(String(scalars[..<end]))
    var at = end
    if at < scalars.count, scalars[at] == "!" {
      guard at + 1 < scalars.count else { throw TemplateError(.value, "unmatched '{' in format spec") }
      switch scalars[at + 1] {
      case "r", "a": value = .string(try value.quoted())
      case "s": value = .string(try value.string())
      default:
        throw TemplateError(.value, "Unknown conversion specifier \(scalars[at + 1])")
      }
      at += 2
      guard at == scalars.count || scalars[at] == ":" else {
        throw TemplateError(.value, "expected ':' after conversion specifier")
      }
    }
    var specification = at < scalars.count ? String(scalars[(at + 1)...]) : ""
    if specification.contains("{") { specification = try run(Array(specification.unicodeScalars), level - 1) }
    let defined = try value.defined()
    if case .object(let object) = defined, let date = object as? PythonDate {
      return specification.isEmpty ? date.text : date.formatted(specification)
    }
    return try FormatSpecification(specification, for: defined).format(defined)
  }

  private mutating func value(_ name: String) throws(TemplateError) -> Value {
    let scalars = Array(name.unicodeScalars)
    let end = scalars.firstIndex { $0 == "." || $0 == "[" } ?? scalars.count
    var value = try base(String(scalars[..<end]))
    var at = end
    while at < scalars.count {
      let isItem = scalars[at] == "["
      let start = at + 1
      at = start
      while at < scalars.count, isItem ? scalars[at] != "]" : scalars[at] != "." && scalars[at] != "[" {
        at += 1
      }
      let part = String(scalars[start..<at])
      if isItem { at += 1 }
      guard !part.isEmpty else { throw TemplateError(.value, "Empty attribute in format string") }
      value = try self.part(part, isItem, of: value)
    }
    return value
  }

  private mutating func base(_ name: String) throws(TemplateError) -> Value {
    if name.isEmpty || name.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
      let isNumbered = !name.isEmpty
      if let before = self.isNumbered, before != isNumbered {
        throw TemplateError(
          .value,
          isNumbered
            ? "cannot switch from automatic field numbering to manual field specification"
            : "cannot switch from manual field specification to automatic field numbering")
      }
      self.isNumbered = isNumbered
      let index = Int(name) ?? (isNumbered ? Int.max : next)
      if !isNumbered { next += 1 }
      guard index < positional.count else {
        throw TemplateError(.lookup, "Replacement index \(index) out of range for positional args tuple")
      }
      return positional[index]
    }
    guard let value = named[name] else { throw TemplateError(.lookup, pythonRepr(name)) }
    return value
  }

  private func part(_ name: String, _ isItem: Bool, of value: Value) throws(TemplateError) -> Value {
    if isItem {
      let key = Int(name).map { Value.int($0) } ?? .string(name)
      let found = try member(key, of: value)
      if found.undefined == nil { return found }
      throw TemplateError(.lookup, value.asList == nil ? key.repr : "list index out of range")
    }
    guard let found = try attributeIfAny(name, of: value.defined()) else {
      throw .noAttribute(name, of: value)
    }
    return found
  }
}
