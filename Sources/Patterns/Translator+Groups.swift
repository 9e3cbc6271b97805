extension Translator {
  /// What follows an opening parenthesis; nil for a comment and for flags, which match nothing.
  mutating func group(mayTakeFlags: Bool) throws(PatternError) -> Piece? {
    let start = reader.position - 1
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest { throw reader.error("groups are nested too deeply", at: start) }
    guard try reader.take("?") else { return try capture(named: nil, from: start) }
    guard let token = try reader.get() else { throw reader.error("the pattern ends inside a group") }
    switch token.plain {
    case "P": return try pythonGroup(from: start)
    case ":": return try wrapped("(?:", flags, from: start)
    case ">": return try wrapped("(?>", flags, from: start)
    case "=": return try lookAround("(?=", from: start)
    case "!": return try lookAround("(?!", from: start)
    case "<":
      guard let sign = try reader.get() else { throw reader.error("the pattern ends inside a group") }
      guard sign.plain == "=" || sign.plain == "!" else {
        throw reader.error("`(?<\(sign.text)` means nothing in this dialect", back: sign.count + 2)
      }
      return try lookBehind("(?<" + sign.text, from: start)
    case "#": return try comment(from: start)
    case "(": return try conditional(from: start)
    case let sign? where sign == "-" || isFlag(sign):
      guard let inner = try readFlags(sign) else {
        if mayTakeFlags { return nil }
        throw reader.error("flags for the whole pattern stand only at its start", at: start)
      }
      return try wrapped(inner.isCaseless ? "(?i:" : "(?-i:", inner, from: start)
    default:
      throw reader.error("`(?\(token.text)` means nothing in this dialect", back: token.count + 1)
    }
  }

  private mutating func close(_ start: Int) throws(PatternError) {
    guard try reader.take(")") else { throw reader.error("this group is not closed", at: start) }
  }

  private mutating func capture(named name: String?, from start: Int) throws(PatternError) -> Piece {
    let number = widths.count
    widths.append(nil)
    if let name {
      if let other = names[name] {
        throw reader.error(
          "the name `\(name)` is taken by group \(other)", back: name.unicodeScalars.count + 1)
      }
      names[name] = number
    }
    let body = try alternatives()
    try close(start)
    widths[number] = body.width
    return Piece(text: "(\(body.text))", width: body.width)
  }

  /// A group that captures nothing, perhaps with flags of its own.
  private mutating func wrapped(_ opening: String, _ inner: Flags, from start: Int) throws(PatternError)
    -> Piece
  {
    let outer = flags
    flags = inner
    let body = try alternatives()
    flags = outer
    try close(start)
    return Piece(text: opening + body.text + ")", width: body.width)
  }

  private mutating func lookAround(_ opening: String, from start: Int) throws(PatternError) -> Piece {
    let body = try alternatives()
    try close(start)
    return Piece(text: opening + body.text + ")", width: .zero)
  }

  private mutating func lookBehind(_ opening: String, from start: Int) throws(PatternError) -> Piece {
    let outer = firstGroupOfLookBehind
    if outer == nil { firstGroupOfLookBehind = widths.count }
    let body = try alternatives()
    firstGroupOfLookBehind = outer
    try close(start)
    guard body.width.isFixed else {
      throw reader.error("what a look-behind matches must have a fixed length", at: start)
    }
    return Piece(text: opening + body.text + ")", width: .zero)
  }

  private mutating func comment(from start: Int) throws(PatternError) -> Piece? {
    while true {
      if reader.next == nil { throw reader.error("this comment is not closed", at: start) }
      if try reader.get()?.plain == ")" { return nil }
    }
  }

  /// `(?P<name>…)` and `(?P=name)`.
  private mutating func pythonGroup(from start: Int) throws(PatternError) -> Piece {
    if try reader.take("<") {
      let name = try reader.take(until: ">", "the name of the group")
      try check(name)
      return try capture(named: name, from: start)
    }
    guard try reader.take("=") else {
      guard let token = try reader.get() else { throw reader.error("the pattern ends inside a group") }
      throw reader.error("`(?P\(token.text)` means nothing in this dialect", back: token.count + 2)
    }
    let name = try reader.take(until: ")", "the name of the group")
    try check(name)
    let back = name.unicodeScalars.count + 1
    guard let number = names[name] else { throw reader.error("no group is named `\(name)`", back: back) }
    guard widths[number] != nil else { throw reader.error("group `\(name)` is still open", back: back) }
    try checkLookBehind(number)
    return reference(to: number)
  }

  private func check(_ name: String) throws(PatternError) {
    if !name.isIdentifier {
      throw reader.error("`\(name)` cannot name a group", back: name.unicodeScalars.count + 1)
    }
  }

  /// What an earlier group matched.
  func reference(to number: Int) -> Piece {
    let bare = "\\g{\(number)}"
    let text = flags.ignoresCase && flags.isASCII ? "(?i:\(bare))" : bare
    return Piece(text: text, width: widths[number] ?? .zero)
  }

  /// A look-behind is matched backwards, so it cannot use a group of its own.
  func checkLookBehind(_ number: Int) throws(PatternError) {
    guard let first = firstGroupOfLookBehind else { return }
    if number >= widths.count || widths[number] == nil {
      throw reader.error("group \(number) is still open")
    }
    if number >= first { throw reader.error("group \(number) stands in the same look-behind") }
  }

  /// A condition such as `(?(1)yes|no)`.
  private mutating func conditional(from start: Int) throws(PatternError) -> Piece {
    let name = try reader.take(until: ")", "the name of the group")
    let back = name.unicodeScalars.count + 1
    let number: Int
    if name.isIdentifier {
      guard let named = names[name] else { throw reader.error("no group is named `\(name)`", back: back) }
      number = named
    } else {
      guard name.unicodeScalars.allSatisfy(\.isASCIIDigit) else {
        throw reader.error("`\(name)` cannot name a group", back: back)
      }
      number = Int(name) ?? .max
      if number == 0 { throw reader.error("groups are numbered from 1", back: back) }
      if number > Int(Int32.max) { throw reader.error("there is no group \(name)", back: back) }
      conditions.append((number, reader.position - back))
    }
    try checkLookBehind(number)
    let yes = try sequence()
    var text = "(?(\(number))" + yes.text
    var width = yes.width.or(.zero)
    if try reader.take("|") {
      let no = try sequence()
      if reader.next?.plain == "|" { throw reader.error("a condition has at most two branches") }
      text += "|" + no.text
      width = yes.width.or(no.width)
    } else {
      width.low = 0
    }
    try close(start)
    return Piece(text: text + ")", width: width)
  }
}
