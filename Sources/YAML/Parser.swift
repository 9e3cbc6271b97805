import CYAML
public import Diagnostics
import Values

/// Reads one YAML 1.1 document as PyYAML's safe loader does, keeping the place of everything.
///
/// Nil when the text is not YAML; an empty text is null. Unknown tags stay on their nodes for the caller to judge.
public func parseYAML(_ source: Source, _ findings: inout Findings) -> Node? {
  var text = source.text
  return text.withUTF8 { bytes in
    if let quick = QuickReader.tree(of: source, bytes) { return quick }
    var parser = Parser(source, bytes)
    return parser.document(&findings)
  }
}

/// The same by libyaml alone.
func parseWithLibrary(_ source: Source, _ findings: inout Findings) -> Node? {
  var text = source.text
  return text.withUTF8 { bytes in
    var parser = Parser(source, bytes)
    return parser.document(&findings)
  }
}

/// The same without libyaml; nil for texts that are left to it.
func parseQuickly(_ source: Source) -> Node? {
  var text = source.text
  return text.withUTF8 { QuickReader.tree(of: source, $0) }
}

/// libyaml's events, put together to a tree.
private struct Parser {
  private let source: Source
  private let bytes: UnsafeBufferPointer<UInt8>
  private let offsets: Offsets
  /// How many bytes before the text are no part of it.
  private let mark: Int
  private var anchors: [String: Node] = [:]
  private var nodeCount = 0

  /// Aliases of aliases grow without bound ("billion laughs"); real task files have some hundred nodes.
  private static let mostNodes = 200_000
  private static let deepest = 100

  /// - Parameter bytes: those of the source, which outlive the parser.
  init(_ source: Source, _ bytes: UnsafeBufferPointer<UInt8>) {
    self.source = source
    self.bytes = bytes
    // A byte order mark would count as a column to libyaml.
    mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    offsets = Offsets(bytes, from: mark)
  }

  private struct Stop: Error { let diagnostic: Diagnostic }

  mutating func document(_ findings: inout Findings) -> Node? {
    var events: [Event] = []
    do {
      events = try self.events()
      var at = 0
      // Stream start, document start, the root, document end, stream end.
      guard events.count > 2 else { return Node(.scalar(emptyScalar), at: source.span) }
      at = 2
      let root = try node(events, &at, depth: 0, &findings)
      if at + 1 < events.count, case .documentStart = events[at + 1].kind {
        throw Stop(
          diagnostic: .error(
            "several-documents", "there is a second YAML document in this file", at: events[at + 1].span,
            help: "a task file holds one document; remove the `---`"))
      }
      return root
    } catch let stop as Stop {
      findings.add(stop.diagnostic)
      return nil
    } catch {
      return nil
    }
  }

  private var emptyScalar: Scalar {
    Scalar(EmbeddedText("", at: source.span), style: .plain, value: .null)
  }

  // MARK: - Events

  private struct Event {
    enum Kind {
      case scalar(EmbeddedText, Scalar.Style)
      case alias
      case sequenceStart(isFlow: Bool)
      case mappingStart(isFlow: Bool)
      case end
      case documentStart
      case other
    }
    var kind: Kind
    var span: SourceSpan
    var anchor: String?
    var tag: String?
  }

  private func events() throws -> [Event] {
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else {
      throw Stop(diagnostic: .error("out-of-memory", "there is no memory to read this file", at: source.span))
    }
    defer { yaml_parser_delete(&parser) }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(&parser, bytes.baseAddress.map { $0 + mark }, bytes.count - mark)
    var events: [Event] = []
    events.reserveCapacity(64)
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(&parser, &event) == 1 else {
        throw Stop(diagnostic: problem(of: parser, after: events))
      }
      defer { yaml_event_delete(&event) }
      events.append(read(event))
      if event.type == YAML_STREAM_END_EVENT { return events }
      if events.count > Self.mostNodes { throw tooLarge(at: events[events.count - 1].span) }
    }
  }

  private func read(_ event: yaml_event_t) -> Event {
    let span = SourceSpan(
      source: source.id, start: offsets[event.start_mark.index], end: offsets[event.end_mark.index])
    func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
      pointer.map { String(cString: UnsafePointer($0)) }
    }
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let style: Scalar.Style =
        switch scalar.style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
      let place = trimmed(span)
      let value = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      return Event(
        kind: .scalar(embed(value, style, place, in: bytes), style), span: place, anchor: text(scalar.anchor),
        tag: text(scalar.tag))
    case YAML_ALIAS_EVENT: return Event(kind: .alias, span: span, anchor: text(event.data.alias.anchor))
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      return Event(
        kind: .sequenceStart(isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE), span: span,
        anchor: text(start.anchor), tag: text(start.tag))
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      return Event(
        kind: .mappingStart(isFlow: start.style == YAML_FLOW_MAPPING_STYLE), span: span,
        anchor: text(start.anchor), tag: text(start.tag))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return Event(kind: .end, span: span)
    case YAML_DOCUMENT_START_EVENT: return Event(kind: .documentStart, span: span)
    default: return Event(kind: .other, span: span)
    }
  }

  /// A block scalar's mark ends at the start of the line after it; a place should end with its text.
  private func trimmed(_ span: SourceSpan) -> SourceSpan {
    var end = Int(span.end)
    while end > Int(span.start), Self.isBlank(bytes[end - 1]) { end -= 1 }
    return SourceSpan(source: span.source, start: span.start, end: UInt32(end))
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  // MARK: - Trees

  private mutating func node(
    _ events: [Event], _ at: inout Int, depth: Int, _ findings: inout Findings
  ) throws -> Node {
    let event = events[at]
    at += 1
    try count(1, at: event.span)
    guard depth < Self.deepest else {
      throw Stop(
        diagnostic: .error("too-deep", "nested more than \(Self.deepest) deep", at: event.span))
    }
    var made: Node
    switch event.kind {
    case .alias: return try aliased(event)
    case .scalar(let text, let style): made = tagged(text, style, event, &findings)
    case .sequenceStart(let isFlow):
      var items: [Node] = []
      while true {
        if case .end = events[at].kind { break }
        items.append(try node(events, &at, depth: depth + 1, &findings))
      }
      made = Node(.sequence(items), at: span(event, events[at], isFlow, last: items.last?.span))
      at += 1
    case .mappingStart(let isFlow):
      let entries = try self.entries(events, &at, depth: depth, &findings)
      made = Node(
        .mapping(entries),
        at: span(event, events[at], isFlow, last: entries.map(\.value.span).max { $0.end < $1.end }))
      at += 1
    case .end, .documentStart, .other:
      return Node(
        .scalar(Scalar(EmbeddedText("", at: event.span), style: .plain, value: .null)), at: event.span)
    }
    if made.tag == nil, made.scalar == nil { made.tag = localTag(event) }
    if let anchor = event.anchor { anchors[anchor] = made }
    return made
  }

  private func span(_ start: Event, _ end: Event, _ isFlow: Bool, last: SourceSpan?) -> SourceSpan {
    let end = isFlow ? end.span.end : max(start.span.end, last?.end ?? start.span.end)
    return SourceSpan(source: source.id, start: start.span.start, end: end)
  }

  private mutating func count(_ nodes: Int, at span: SourceSpan) throws {
    nodeCount += nodes
    if nodeCount > Self.mostNodes { throw tooLarge(at: span) }
  }

  private func tooLarge(at span: SourceSpan) -> Stop {
    Stop(diagnostic: .error("too-large", "this file grows to more than \(Self.mostNodes) values", at: span))
  }

  private mutating func aliased(_ event: Event) throws -> Node {
    guard let name = event.anchor, let node = anchors[name] else {
      let near = event.anchor.flatMap { anchors.keys.sorted().nearest(to: $0) }
      throw Stop(
        diagnostic: .error(
          "unknown-anchor", "no anchor `&\(event.anchor ?? "")` stands before this", at: event.span,
          help: near.map { "did you mean `*\($0)`?" }))
    }
    try count(node.size, at: event.span)
    return node
  }

  private mutating func entries(
    _ events: [Event], _ at: inout Int, depth: Int, _ findings: inout Findings
  ) throws -> [Node.Entry] {
    var own: [Node.Entry] = []
    var merged: [Node.Entry] = []
    var isRepeating = false
    while true {
      if case .end = events[at].kind { break }
      let key = try node(events, &at, depth: depth + 1, &findings)
      let value = try node(events, &at, depth: depth + 1, &findings)
      guard let scalar = key.scalar else {
        findings.add(.badKey(key))
        continue
      }
      if scalar.style == .plain, scalar.text.text == "<<" {
        merged = mergedEntries(value, &findings) + merged
        continue
      }
      let entry = Node.Entry(
        key: Located(scalar.text.text, at: key.span),
        keyValue: key.tag == nil ? scalar.value : .string(scalar.text.text),
        value: value)
      if let first = own.first(where: { $0.keyValue == entry.keyValue }) {
        isRepeating = true
        findings.add(
          .warning(
            "duplicate-key", "`\(entry.key.value)` is given twice; the last one counts", at: entry.key.span,
            labels: [Diagnostic.Label("first given here", at: first.key.span)]))
      }
      own.append(entry)
    }
    return merged.isEmpty && !isRepeating ? own : [].overlaid(with: merged + own)
  }

  private func mergedEntries(_ node: Node, _ findings: inout Findings) -> [Node.Entry] {
    if let entries = node.entries { return entries }
    if let items = node.items, items.allSatisfy({ $0.entries != nil }) {
      // Of several mappings the first wins, so it is laid down last.
      return items.reversed().flatMap { $0.entries ?? [] }
    }
    findings.add(
      .error("bad-merge", "`<<` merges a mapping or a list of mappings, found \(node.kind)", at: node.span))
    return []
  }

  // MARK: - Scalars

  private func localTag(_ event: Event) -> Located<String>? {
    guard let tag = event.tag, !tag.hasPrefix("tag:yaml.org,2002:"), tag != "!" else { return nil }
    let length = min(UInt32(tag.utf8.count), event.span.end - event.span.start)
    return Located(
      tag, at: SourceSpan(source: source.id, start: event.span.start, end: event.span.start + length))
  }

  private func tagged(
    _ text: EmbeddedText, _ style: Scalar.Style, _ event: Event, _ findings: inout Findings
  ) -> Node {
    var value: Value = style == .plain ? resolvePlainScalar(text.text) : .string(text.text)
    if let tag = event.tag, tag.hasPrefix("tag:yaml.org,2002:") {
      let resolved = resolvePlainScalar(text.text)
      switch tag.dropFirst("tag:yaml.org,2002:".count) {
      case "str": value = .string(text.text)
      case "int", "float", "bool", "null": value = resolved
      default:
        findings.add(.error("unknown-tag", "there is no tag `\(tag)` for a single value", at: event.span))
      }
    } else if event.tag == "!" {
      // PyYAML reads it as if nothing were there, quotes included.
      value = resolvePlainScalar(text.text)
    }
    return Node(.scalar(Scalar(text, style: style, value: value)), at: text.span, tag: localTag(event))
  }
}

extension Node {
  /// How many nodes the tree has.
  fileprivate var size: Int {
    switch content {
    case .scalar: 1
    case .sequence(let items): items.reduce(1) { $0 + $1.size }
    case .mapping(let entries): entries.reduce(1) { $0 + 1 + $1.value.size }
    }
  }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func badKey(_ key: Node) -> Diagnostic {
    let isTemplate = key.entries != nil
    return .error(
      "bad-key", "a key must be a text, a number or a boolean, found \(key.kind)", at: key.span,
      help: isTemplate ? "a template that starts with `{{` needs quotes around it" : nil)
  }
}

extension Parser {
  private func problem(of parser: yaml_parser_t, after events: [Event]) -> Diagnostic {
    let isReading = parser.error == YAML_READER_ERROR
    let place = isReading ? Int(parser.problem_offset) + mark : Int(offsets[parser.problem_mark.index])
    var quoted: Range<Int>?
    if let last = events.last, case .scalar(_, let style) = last.kind,
      style == .singleQuoted || style == .doubleQuoted
    {
      quoted = Int(last.span.start)..<Int(last.span.end)
    }
    let trouble = SyntaxTrouble(
      source: source.id, bytes: Array(bytes),
      problem: parser.problem.map { String(cString: $0) } ?? "something is wrong", place: place,
      context: parser.context.map { String(cString: $0) },
      contextPlace: parser.context.map { _ in Int(offsets[parser.context_mark.index]) }, quoted: quoted)
    return trouble.diagnostic
  }
}
