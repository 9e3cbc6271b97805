import Diagnostics
import Values

/// Reads the forms that nearly all task files keep to: block mappings and lists of words and of texts in quotes.
///
/// It gives up, with nil, at everything else and at every mistake, and libyaml reads the file; what it does give is what
/// libyaml's events give, places included. An index reads thousands of files at every start.
struct QuickReader {
  private let source: SourceID
  let bytes: UnsafeBufferPointer<UInt8>
  let end: Int
  /// The byte that is looked at.
  var at = 0
  /// Where its line starts.
  var lineStart = 0
  /// The column of the next content, once a line is done with; below zero when there is none.
  private var column = 0
  /// What a text comes to whose lines are folded or which has escapes.
  var folded: [UInt8] = []
  /// So much of it ends in an escape: blanks in there are not dropped before a line break.
  var escaped = 0

  private static let longest = 1 << 17
  private static let deepest = 20

  static func tree(of source: Source, _ bytes: UnsafeBufferPointer<UInt8>) -> Node? {
    guard bytes.count <= longest, hasOnlyPlainCharacters(bytes) else { return nil }
    var reader = QuickReader(source: source.id, bytes: bytes, end: bytes.count)
    reader.skipLines()
    guard reader.column == 0, let root = reader.mapping(at: 0, depth: 0), reader.column < 0 else {
      return nil
    }
    return root
  }

  private init(source: SourceID, bytes: UnsafeBufferPointer<UInt8>, end: Int) {
    self.source = source
    self.bytes = bytes
    self.end = end
  }

  // MARK: - Collections

  /// - Parameter indent: the column of its keys; the first of them is here.
  private mutating func mapping(at indent: Int, depth: Int) -> Node? {
    guard depth < Self.deepest else { return nil }
    let start = at
    var entries: [Node.Entry] = []
    var last = UInt32(start)
    repeat {
      guard let (key, name) = key(), !entries.contains(where: { sameBytes($0.key.value, key.value) }),
        let value = value(in: indent, depth)
      else { return nil }
      last = max(last, value.span.end)
      entries.append(Node.Entry(key: key, keyValue: name, value: value))
    } while column == indent
    guard column < indent else { return nil }
    return Node(.mapping(entries), at: SourceSpan(source: source, start: UInt32(start), end: last))
  }

  /// A name with its colon, and what YAML makes of the name; numbers and booleans are left to libyaml.
  private mutating func key() -> (Located<String>, Value)? {
    guard at < end else { return nil }
    let start = at
    var (from, to) = (at, at)
    if bytes[at] == Self.doubleQuote || bytes[at] == Self.singleQuote {
      let quote = bytes[at]
      at += 1
      from = at
      while at < end, bytes[at] != quote {
        if bytes[at] == Self.newline || bytes[at] == Self.backslash { return nil }
        at += 1
      }
      to = at
      at += 1
    } else {
      guard Self.beginsName(bytes[at]) else { return nil }
      while at < end, Self.isInName(bytes[at]) { at += 1 }
      to = at
    }
    guard at + 1 < end, bytes[at] == Self.colon, at - start <= Self.longestKey,
      bytes[at + 1] == Self.space || bytes[at + 1] == Self.newline
    else { return nil }
    let text = string(from, to)
    let name: Value = from == start ? resolvePlainScalar(text) : .string(text)
    guard case .string = name else { return nil }
    let span = span(start, at)
    at += 1
    return (Located(text, at: span), name)
  }

  /// What stands behind a key's colon.
  private mutating func value(in indent: Int, _ depth: Int) -> Node? {
    let colon = at
    skipSpaces()
    guard at < end else { return nil }
    if bytes[at] != Self.newline, bytes[at] != Self.hash || at == colon { return scalar(in: indent) }
    guard closeLine() else { return nil }
    if column >= indent, isAtDash { return sequence(at: column, isInset: column > indent, depth + 1) }
    if column > indent { return mapping(at: column, depth: depth + 1) }
    let nothing = EmbeddedText("", at: span(colon, colon))
    return Node(.scalar(Scalar(nothing, style: .plain, value: .null)), at: nothing.span)
  }

  /// - Parameter isInset: whether it stands deeper than the keys of the mapping around it, as it need not.
  private mutating func sequence(at indent: Int, isInset: Bool, _ depth: Int) -> Node? {
    guard depth < Self.deepest else { return nil }
    let start = at
    var items: [Node] = []
    repeat {
      at += 1
      skipSpaces()
      guard at < end, let item = item(in: indent, depth) else { return nil }
      items.append(item)
    } while column == indent && isAtDash
    guard column < indent || column == indent && !isInset, let last = items.last else { return nil }
    return Node(
      .sequence(items), at: SourceSpan(source: source, start: UInt32(start), end: last.span.end))
  }

  private mutating func item(in indent: Int, _ depth: Int) -> Node? {
    let start = at
    let isKey = key() != nil
    at = start
    return isKey ? mapping(at: at - lineStart, depth: depth + 1) : scalar(in: indent)
  }

  // MARK: - Scalars

  /// - Parameter indent: that of the collection it stands in; what follows must not be deeper.
  private mutating func scalar(in indent: Int) -> Node? {
    let start = at
    let tag = tag()
    guard at < end, let style = style, tag == nil || style == .plain else { return nil }
    let valueStart = at
    let isFolded: Bool?
    switch style {
    case .doubleQuoted: isFolded = doubleQuoted()
    case .singleQuoted: isFolded = singleQuoted()
    default: isFolded = plain(in: indent)
    }
    guard let isFolded, tag == nil || !isFolded else { return nil }
    let whole = span(valueStart, at)
    let text: EmbeddedText
    if isFolded {
      text = folded.withUnsafeBufferPointer { embed($0, style, whole, in: bytes) }
    } else if style == .plain {
      text = EmbeddedText(string(valueStart, at), at: whole)
    } else {
      text = EmbeddedText(string(valueStart + 1, at - 1), at: whole, from: UInt32(valueStart + 1))
    }
    guard closeLine(), column <= indent else { return nil }
    let value: Value = style == .plain ? resolvePlainScalar(text.text) : .string(text.text)
    let located = tag.map { Located($0, at: span(start, start + $0.utf8.count)) }
    return Node(.scalar(Scalar(text, style: style, value: value)), at: text.span, tag: located)
  }

  /// A tag such as `!function`; at others the reader gives up, because no scalar begins with `!`.
  private mutating func tag() -> String? {
    guard bytes[at] == Self.exclamation else { return nil }
    let start = at
    var behind = at + 1
    while behind < end, Self.beginsName(bytes[behind]) { behind += 1 }
    guard behind > start + 1, behind < end, bytes[behind] == Self.space else { return nil }
    at = behind
    skipSpaces()
    return string(start, behind)
  }

  /// How the scalar is written that begins here; nil for forms that are left to libyaml.
  private var style: Scalar.Style? {
    switch bytes[at] {
    case Self.doubleQuote: .doubleQuoted
    case Self.singleQuote: .singleQuoted
    case Self.dash: at + 1 < end && bytes[at + 1] > Self.space ? .plain : nil
    case let byte: Self.beginsWord(byte) ? .plain : nil
    }
  }

  // MARK: - Lines

  private var isAtDash: Bool {
    at + 1 < end && bytes[at] == Self.dash && bytes[at + 1] == Self.space
  }

  private mutating func skipSpaces() {
    while at < end, bytes[at] == Self.space { at += 1 }
  }

  /// From the end of a value to the next content; false when there is more on the line than a comment.
  private mutating func closeLine() -> Bool {
    let start = at
    skipSpaces()
    if at < end, bytes[at] == Self.hash, at > start {
      while at < end, bytes[at] != Self.newline { at += 1 }
    }
    guard at >= end || bytes[at] == Self.newline else { return false }
    at += 1
    skipLines()
    return true
  }

  /// From the start of a line over blank lines and comments to the next content.
  private mutating func skipLines() {
    while at < end {
      lineStart = at
      skipSpaces()
      if at < end, bytes[at] != Self.newline, bytes[at] != Self.hash {
        column = at - lineStart
        return
      }
      while at < end, bytes[at] != Self.newline { at += 1 }
      at += 1
    }
    column = -1
  }

  private func span(_ start: Int, _ end: Int) -> SourceSpan {
    SourceSpan(source: source, start: UInt32(start), end: UInt32(end))
  }

  private func string(_ start: Int, _ end: Int) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
  }
}
