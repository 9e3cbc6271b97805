import Values

let textFilters: [Callable] = [
  Callable("capitalize") { (value, _) throws(TemplateError) in try mapped(value, LetterCase.capitalized) },
  Callable("lower") { (value, _) throws(TemplateError) in try mapped(value) { $0.pythonLowercased } },
  Callable("upper") { (value, _) throws(TemplateError) in try mapped(value) { $0.pythonUppercased } },
  Callable("title") { (value, _) throws(TemplateError) in .string(titled(try value.string())) },
  Callable("center", ["width="]) { (value, given) throws(TemplateError) in
    let width = try given[0]?.index() ?? 80
    guard width <= Limits.bytes else { throw Limits.tooMuchText }
    return try mapped(value) { StringMethods.padded($0, "center", width) }
  },
  Callable("trim", ["chars="], trimmed),
  Callable("replace", ["old", "new", "count="], replaced),
  Callable("string") { (value, _) throws(TemplateError) in
    value.isMarkup ? value : .string(try value.string())
  },
  Callable("safe") { (value, _) throws(TemplateError) in .markup(try value.string()) },
  Callable("escape") { (value, _) throws(TemplateError) in try escape(value) },
  Callable("e") { (value, _) throws(TemplateError) in try escape(value) },
  Callable("forceescape") { (value, _) throws(TemplateError) in .markup(escaped(try value.string())) },
  Callable("striptags", [], tagsStripped),
  Callable("format", ["*"], formatted),
  Callable("truncate", ["length=", "killwords=", "end=", "leeway="], truncated),
  Callable("indent", ["width=", "first=", "blank="], indented),
  Callable("wordcount") { (value, _) throws(TemplateError) in .int(words(in: try value.string())) },
]

/// The text of a value changed; escaped text stays escaped.
private func mapped(_ value: Value, _ change: (String) -> String) throws(TemplateError) -> Value {
  let text = change(try value.string())
  return value.isMarkup ? .markup(text) : .string(text)
}

func escape(_ value: Value) throws(TemplateError) -> Value {
  value.isMarkup ? value : .markup(escaped(try value.string()))
}

/// Jinja's own title case: a word begins after white space, a hyphen or an opening bracket.
private func titled(_ text: String) -> String {
  var out = ""
  var word = ""
  func flush() {
    guard let first = word.unicodeScalars.first else { return }
    out +=
      first.properties.uppercaseMapping + String(Substring(word.unicodeScalars.dropFirst())).pythonLowercased
    word = ""
  }
  for scalar in text.unicodeScalars {
    if scalar.isPythonSpace || ["-", "(", "{", "[", "<"].contains(scalar) {
      flush()
      out.unicodeScalars.append(scalar)
    } else {
      word.unicodeScalars.append(scalar)
    }
  }
  flush()
  return out
}

private func trimmed(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  guard let characters = given[0], !characters.isNull else { return try mapped(value, { $0.pythonStripped }) }
  guard let set = try characters.defined().anyString else {
    throw TemplateError(.type, "strip arg must be None or str")
  }
  return try mapped(value) { StringMethods.stripped($0, of: set) }
}

private func replaced(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  let count = given[2].flatMap { $0.isNull ? nil : $0 }
  let (old, new) = (given[0] ?? "", given[1] ?? "")
  let limit = try count?.index() ?? -1
  if given.isEscaping, value.isMarkup || old.isMarkup || new.isMarkup {
    let subject = value.isMarkup ? try value.string() : escaped(try value.string())
    return .markup(
      try StringMethods.replaced(
        subject, try escape(old).string(), try escape(new).string(), limit))
  }
  return .string(
    try StringMethods.replaced(try value.string(), try old.string(), try new.string(), limit))
}

private func tagsStripped(_ value: Value, _: TemplateArguments) throws(TemplateError) -> Value {
  var text = try value.string()
  for (open, close) in [("<!--", "-->"), ("<", ">")] {
    while let start = Scalars.find(open, in: text) {
      let bytes = Array(text.utf8)
      guard let end = Scalars.find(Array(close.utf8), in: bytes, from: start) else { break }
      text = String(decoding: bytes[..<start] + bytes[(end + close.utf8.count)...], as: UTF8.self)
    }
  }
  let words = text.unicodeScalars.split(whereSeparator: \.isPythonSpace).map { String(Substring($0)) }
  return .string(Entities.decoded(words.joined(separator: " ")))
}

private func formatted(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  guard given.rest.isEmpty || given.named.isEmpty else {
    throw TemplateError(.argument, "can't handle positional and keyword arguments at the same time")
  }
  let format = value.isMarkup ? value : .string(try value.string())
  return try computed(.modulo, format, given.named.isEmpty ? .tuple(given.rest) : .map(given.named))
}

private func truncated(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  let length = try given[0]?.index() ?? 255
  let killsWords = given[1]?.isTruthy ?? false
  let end = try given[2]?.string() ?? "..."
  let leeway = try given[3].flatMap { $0.isNull ? nil : $0 }?.index() ?? 5
  let size = end.scalarCount
  guard length >= size else { throw TemplateError(.value, "expected length >= \(size), got \(length)") }
  guard leeway >= 0 else { throw TemplateError(.value, "expected leeway >= 0, got \(leeway)") }
  let count = try value.length()
  guard count > length + leeway else { return value }
  guard let text = value.anyString else {
    throw TemplateError(
      .type, "can only truncate text, not \(value.typeName)", help: "pass it through `string` first")
  }
  let scalars = Scalars(text)
  let head = scalars[0..<(length - size)]
  if killsWords { return .string(head + end) }
  let bytes = Array(head.utf8)
  let kept =
    bytes.lastIndex(of: UInt8(ascii: " ")).map { String(decoding: bytes[..<$0], as: UTF8.self) } ?? head
  return .string(kept + end)
}

private func indented(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  guard let text = try value.defined().anyString else {
    if case .list = value { throw .noAttribute("splitlines", of: value) }
    if case .tuple = value { _ = try computed(.add, value, "") }
    throw TemplateError(.type, "unsupported operand type(s) for +=: '\(value.typeName)' and 'str'")
  }
  let margin: String
  if let string = given[0]?.anyString {
    margin = string
  } else {
    let width = try given[0]?.index() ?? 4
    guard width <= Limits.bytes else { throw Limits.tooMuchText }
    margin = String(repeating: " ", count: max(0, width))
  }
  let marksFirst = given[1]?.isTruthy ?? false
  let marksBlank = given[2]?.isTruthy ?? false
  let lines = StringMethods.lines(text + "\n")
  guard lines.count <= Limits.bytes / max(1, margin.utf8.count) else { throw Limits.tooMuchText }
  var out = marksFirst ? margin : ""
  for (index, line) in lines.enumerated() {
    if index > 0 { out += marksBlank || !line.isEmpty ? "\n" + margin : "\n" }
    out += line
  }
  return value.isMarkup ? .markup(out) : .string(out)
}

private func words(in text: String) -> Int {
  var count = 0
  var wasWord = false
  for scalar in text.unicodeScalars {
    let isWord = scalar == "_" || CharacterTests.isLetter(scalar) || scalar.properties.numericType != nil
    if isWord, !wasWord { count += 1 }
    wasWord = isWord
  }
  return count
}
