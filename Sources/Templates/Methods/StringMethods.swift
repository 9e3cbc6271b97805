import Values

/// The methods of Python's `str`.
enum StringMethods {
  static let names: Set<String> = [
    "capitalize", "casefold", "center", "count", "encode", "endswith", "expandtabs", "find", "format",
    "format_map", "index", "isalnum", "isalpha", "isascii", "isdecimal", "isdigit", "isidentifier", "islower",
    "isnumeric", "isprintable", "isspace", "istitle", "isupper", "join", "ljust", "lower", "lstrip",
    "maketrans",
    "partition", "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition",
    "rsplit",
    "rstrip", "split", "splitlines", "startswith", "strip", "swapcase", "title", "translate", "upper",
    "zfill",
  ]

  static func call(_ name: String, _ text: String, _ given: TemplateArguments) throws(TemplateError) -> Value
  {
    switch name {
    case "strip", "lstrip", "rstrip": return .string(try strip(name, text, given))
    case "split", "rsplit": return try split(name, text, given)
    case "splitlines":
      let keeps = try given.take(name, ["keepends"])[0]?.isTruthy ?? false
      return .list(lines(text, keepingEnds: keeps).map { .string($0) })
    case "join": return .string(try join(text, given))
    case "replace": return .string(try replace(text, given))
    case "startswith", "endswith": return try affix(name, text, given)
    case "find", "rfind", "index", "rindex", "count": return try search(name, text, given)
    case "partition", "rpartition": return try partition(name, text, given)
    case "removeprefix", "removesuffix": return .string(try remove(name, text, given))
    case "center", "ljust", "rjust", "zfill": return .string(try pad(name, text, given))
    case "format": return .string(try FormatMethod.format(text, given.rest, given.named))
    case "format_map":
      return .string(
        try FormatMethod.format(
          text, [], MapMethods.pairs(try given.take(name, ["mapping"], required: 1)[0] ?? .null)))
    case "expandtabs":
      return .string(try expandTabs(text, given.take(name, ["tabsize"])[0]?.index() ?? 8))
    case "encode", "maketrans", "translate":
      throw TemplateError(.unsupported, "str.\(name)() is not supported in templates")
    default: break
    }
    _ = try given.take("str.\(name)", [])
    if let changed = LetterCase.changed(text, name) { return .string(changed) }
    return .bool(CharacterTests.holds(name, text))
  }

  /// The methods of an escaped text; those that give texts give escaped ones.
  static func call(_ name: String, markup text: String, _ given: TemplateArguments) throws(TemplateError)
    -> Value
  {
    var escapedArguments = given
    if ["join", "replace", "format", "ljust", "rjust", "center", "partition", "rpartition"].contains(name) {
      escapedArguments.rest = try given.rest.escapedTexts()
    }
    switch try call(name, text, escapedArguments) {
    case .string(let result): return .markup(result)
    case .list(let parts): return .list(parts.map { $0.asString.map(Value.markup) ?? $0 })
    case .tuple(let parts): return .tuple(parts.map { $0.asString.map(Value.markup) ?? $0 })
    case let other: return other
    }
  }

  private static func strip(_ name: String, _ text: String, _ given: TemplateArguments) throws(TemplateError)
    -> String
  {
    let characters = try given.take(name, ["chars"], byPlaceOnly: true)[0]
    guard let characters, !characters.isNull else {
      if text.needsNoStripping { return text }
      return switch name {
      case "strip": text.pythonStripped
      case "lstrip": text.pythonLeftStripped
      default: text.pythonRightStripped
      }
    }
    guard let set = characters.anyString else {
      throw TemplateError(.type, "\(name) arg must be None or str")
    }
    return stripped(text, of: set, left: name != "rstrip", right: name != "lstrip")
  }

  static func stripped(_ text: String, of set: String, left: Bool = true, right: Bool = true) -> String {
    let unwanted = Set(set.unicodeScalars)
    let scalars = text.unicodeScalars
    var (start, end) = (scalars.startIndex, scalars.endIndex)
    if left { while start < end, unwanted.contains(scalars[start]) { start = scalars.index(after: start) } }
    if right {
      while start < end, unwanted.contains(scalars[scalars.index(before: end)]) {
        end = scalars.index(before: end)
      }
    }
    return String(text[start..<end])
  }

  private static func join(_ separator: String, _ given: TemplateArguments) throws(TemplateError) -> String {
    guard given.rest.count == 1, given.named.isEmpty else {
      throw TemplateError(.type, "str.join() takes exactly one argument (\(given.rest.count) given)")
    }
    let items: [Value]
    do { items = try given.rest[0].elements() } catch {
      throw error.kind == .type ? TemplateError(.type, "can only join an iterable") : error
    }
    var out = ""
    for (index, item) in items.enumerated() {
      if index > 0 { out += separator }
      guard let part = try item.defined().anyString else {
        throw TemplateError(
          .type, "sequence item \(index): expected str instance, \(item.typeName) found",
          help: "the filter `join` takes values of all types")
      }
      out += part
      if out.utf8.count > Limits.bytes { throw Limits.tooMuchText }
    }
    return out
  }

  private static func replace(_ text: String, _ given: TemplateArguments) throws(TemplateError) -> String {
    guard given.rest.count >= 2 else {
      throw TemplateError(.type, "replace expected at least 2 arguments, got \(given.rest.count)")
    }
    let arguments = try given.take("replace", ["old", "new", "count"], required: 2, byPlaceOnly: true)
    return try replaced(
      text, arguments[0]?.text("replace() argument 1") ?? "",
      arguments[1]?.text("replace() argument 2") ?? "",
      arguments[2]?.index() ?? -1)
  }

  /// Python's `text.replace(old, new, count)`; a negative count means all.
  static func replaced(_ text: String, _ old: String, _ new: String, _ count: Int) throws(TemplateError)
    -> String
  {
    let limit = count < 0 ? Int.max : count
    guard limit > 0 else { return text }
    if old.isEmpty { return try interleaved(text, new, limit) }
    let (bytes, sought, fresh) = (Array(text.utf8), Array(old.utf8), Array(new.utf8))
    var out: [UInt8] = []
    var (at, done) = (0, 0)
    while done < limit, let found = Scalars.find(sought, in: bytes, from: at) {
      out += bytes[at..<found]
      out += fresh
      at = found + sought.count
      done += 1
      if out.count > Limits.bytes { throw Limits.tooMuchText }
    }
    guard done > 0 else { return text }
    out += bytes[at...]
    return String(decoding: out, as: UTF8.self)
  }

  private static func interleaved(_ text: String, _ new: String, _ limit: Int) throws(TemplateError) -> String
  {
    var out = new
    var done = 1
    for scalar in text.unicodeScalars {
      out.unicodeScalars.append(scalar)
      if done < limit {
        out += new
        done += 1
      }
      if out.utf8.count > Limits.bytes { throw Limits.tooMuchText }
    }
    return out
  }

  private static func remove(_ name: String, _ text: String, _ given: TemplateArguments) throws(TemplateError)
    -> String
  {
    guard given.rest.count == 1 else {
      throw TemplateError(.type, "str.\(name)() takes exactly one argument (\(given.rest.count) given)")
    }
    let affix = Array(try given.rest[0].text("\(name)() argument").utf8)
    let bytes = Array(text.utf8)
    if name == "removeprefix" {
      return bytes.starts(with: affix) ? String(decoding: bytes[affix.count...], as: UTF8.self) : text
    }
    guard bytes.count >= affix.count, bytes.suffix(affix.count).elementsEqual(affix) else { return text }
    return String(decoding: bytes.dropLast(affix.count), as: UTF8.self)
  }
}

extension [Value] {
  /// Texts that are not escaped yet, escaped.
  func escapedTexts() throws(TemplateError) -> [Value] {
    var out: [Value] = []
    for item in self {
      switch item {
      case .string(let text): out.append(.string(escaped(text)))
      case .list(let items): out.append(.list(try items.escapedTexts()))
      default: out.append(item)
      }
    }
    return out
  }
}
