import Values

/// `split`, `partition` and the ends of lines.
extension StringMethods {
  static func split(_ name: String, _ text: String, _ given: TemplateArguments) throws(TemplateError) -> Value
  {
    let arguments = try given.take(name, ["sep", "maxsplit"])
    let limit = try arguments[1]?.index() ?? -1
    let count = limit < 0 ? Int.max : limit
    guard let separator = arguments[0], !separator.isNull else {
      let parts = name == "split" ? words(text, count) : lastWords(text, count)
      return .list(parts.map { .string($0) })
    }
    guard let mark = separator.anyString else {
      throw TemplateError(.type, "must be str or None, not \(separator.typeName)")
    }
    guard !mark.isEmpty else { throw TemplateError(.value, "empty separator") }
    return .list(pieces(text, mark, count, fromEnd: name == "rsplit").map { .string($0) })
  }

  private static func pieces(_ text: String, _ mark: String, _ limit: Int, fromEnd: Bool) -> [String] {
    let (bytes, sought) = (Array(text.utf8), Array(mark.utf8))
    var parts: [String] = []
    if fromEnd {
      var end = bytes.count
      while parts.count < limit, let found = Scalars.findLast(sought, in: Array(bytes[..<end])) {
        parts.append(String(decoding: bytes[(found + sought.count)..<end], as: UTF8.self))
        end = found
      }
      parts.append(String(decoding: bytes[..<end], as: UTF8.self))
      return parts.reversed()
    }
    var at = 0
    while parts.count < limit, let found = Scalars.find(sought, in: bytes, from: at) {
      parts.append(String(decoding: bytes[at..<found], as: UTF8.self))
      at = found + sought.count
    }
    parts.append(String(decoding: bytes[at...], as: UTF8.self))
    return parts
  }

  private static func words(_ text: String, _ limit: Int) -> [String] {
    var parts: [String] = []
    var rest = Substring(text).unicodeScalars
    while true {
      rest = rest.drop { $0.isPythonSpace }
      if rest.isEmpty { return parts }
      if parts.count >= limit {
        parts.append(String(Substring(rest)))
        return parts
      }
      let word = rest.prefix { !$0.isPythonSpace }
      parts.append(String(Substring(word)))
      rest = rest[word.endIndex...]
    }
  }

  private static func lastWords(_ text: String, _ limit: Int) -> [String] {
    var parts: [String] = []
    var rest = Substring(text).unicodeScalars
    while true {
      while let last = rest.last, last.isPythonSpace { rest.removeLast() }
      if rest.isEmpty { return parts.reversed() }
      if parts.count >= limit {
        parts.append(String(Substring(rest)))
        return parts.reversed()
      }
      let word = rest.tail { !$0.isPythonSpace }
      parts.append(String(Substring(word)))
      rest = rest[..<word.startIndex]
    }
  }

  /// Python's `splitlines`: at every line boundary Unicode knows.
  static func lines(_ text: String, keepingEnds: Bool = false) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    var scalars = text.unicodeScalars.makeIterator()
    var pending = scalars.next()
    while let scalar = pending {
      pending = scalars.next()
      guard isLineEnd(scalar) else {
        line.append(scalar)
        continue
      }
      if keepingEnds { line.append(scalar) }
      if scalar == "\r", pending == "\n" {
        if keepingEnds { line.append("\n") }
        pending = scalars.next()
      }
      lines.append(String(line))
      line = String.UnicodeScalarView()
    }
    if !line.isEmpty { lines.append(String(line)) }
    return lines
  }

  private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  static func partition(_ name: String, _ text: String, _ given: TemplateArguments) throws(TemplateError)
    -> Value
  {
    guard given.rest.count == 1 else {
      throw TemplateError(.type, "str.\(name)() takes exactly one argument (\(given.rest.count) given)")
    }
    let mark = try given.rest[0].text("\(name)() argument")
    guard !mark.isEmpty else { throw TemplateError(.value, "empty separator") }
    let (bytes, sought) = (Array(text.utf8), Array(mark.utf8))
    let isFirst = name == "partition"
    let found = isFirst ? Scalars.find(sought, in: bytes, from: 0) : Scalars.findLast(sought, in: bytes)
    guard let found else {
      return isFirst ? .tuple([.string(text), "", ""]) : .tuple(["", "", .string(text)])
    }
    return .tuple([
      .string(String(decoding: bytes[..<found], as: UTF8.self)), .string(mark),
      .string(String(decoding: bytes[(found + sought.count)...], as: UTF8.self)),
    ])
  }
}

extension BidirectionalCollection {
  /// The longest end of which every element satisfies a condition.
  fileprivate func tail(while holds: (Element) -> Bool) -> SubSequence {
    var start = endIndex
    while start > startIndex {
      let before = index(before: start)
      guard holds(self[before]) else { break }
      start = before
    }
    return self[start...]
  }

}
