import Diagnostics
import Lint
import Schema
import Values

/// What may be typed at a place, as an editor wants it.
struct Completions {
  var items: [Value]
  /// Whether there is more to offer once more has been typed.
  var isIncomplete = false

  /// Editors would sort by letters; the order here is that of the keys' page, names of tasks before keys.
  var value: Value {
    let sorted = items.enumerated().map { place, item -> Value in
      var map = item.asMap ?? [:]
      map["sortText"] = .string("\(10_000 + place)")
      return .map(map)
    }
    return ["isIncomplete": .bool(isIncomplete), "items": .list(sorted)]
  }
}

extension Workspace {
  /// What may be typed at a place.
  mutating func completions(_ document: OpenDocument, at offset: Int) -> Completions {
    let positions = positions(document)
    if let codes = suppressionCodes(positions, at: offset) { return Completions(items: codes) }
    guard document.kind != .other else { return Completions(items: []) }
    let cursor = Cursor(in: positions, at: offset)
    if cursor.role == .value {
      if let paths = paths(document, cursor, positions) { return Completions(items: paths) }
      if let members = members(document, cursor, positions) {
        return Completions(
          items: members.items + own(document, cursor, positions, at: offset),
          isIncomplete: members.isIncomplete)
      }
    }
    return Completions(items: own(document, cursor, positions, at: offset))
  }

  /// What the language knows for a place, and the columns of the rows.
  private func own(
    _ document: OpenDocument, _ cursor: Cursor, _ positions: Positions, at offset: Int
  ) -> [Value] {
    let form = DocumentForm(document, forms).root
    switch cursor.role {
    case .text: return []
    case .template(.dot), .template(.bar): return []
    case .template(.nothing):
      return columns(of: document, at: positions.line(positions.line(of: offset))).map { column in
        item(column.name, kind: 5, cursor.word, positions, detail: column.value.map(Self.brief))
      }
    case .key(let hasColon):
      return keys(form.inner(cursor.path, cursor.siblings), cursor, positions, hasColon: hasColon)
    case .value:
      let inner = form.inner(cursor.path, cursor.siblings)
      var items = inner.names.map { name in
        item(
          name.name, kind: 12, cursor.word, positions, detail: name.summary,
          about: name.page.isEmpty ? nil : name.page)
      }
      if case .key(let key)? = cursor.path.last, key.hasPrefix("doc_to_") {
        items += columns(of: document, at: positions.line(positions.line(of: offset))).map { column in
          item(column.name, kind: 5, cursor.word, positions, detail: column.value.map(Self.brief))
        }
      }
      if inner.isFunction, cursor.text.isEmpty {
        items.append(
          item("!function", kind: 3, cursor.word, positions, new: "!function ", detail: "a Python function"))
      }
      // An item of a list that has no colon yet may become a mapping.
      if cursor.path.last == .item { items += keys(inner, cursor, positions, hasColon: false) }
      return items
    }
  }

  private func keys(_ form: Form, _ cursor: Cursor, _ positions: Positions, hasColon: Bool) -> [Value] {
    form.keys(cursor.siblings).filter { cursor.siblings[$0.name] == nil }.map { key in
      item(
        key.name, kind: 10, cursor.word, positions,
        new: hasColon ? key.name : key.name + (key.form.isBlock ? ":" : ": "), detail: key.shape,
        about: key.about)
    }
  }

  /// The codes that a comment may keep back.
  private func suppressionCodes(_ positions: Positions, at offset: Int) -> [Value]? {
    let line = positions.line(positions.line(of: offset))
    let before = String(
      decoding: positions.bytes[line.lowerBound..<max(line.lowerBound, offset)], as: UTF8.self)
    guard before.contains(/#\s*assay:\s*ignore(?:-file)?\[[^\]]*$/) else { return nil }
    let word = RuleWord(positions, at: offset).range
    return linter.registry.pages.map { page in
      item(page.code.name, kind: 12, word, positions, detail: page.summary, about: page.about)
    }
  }

  func item(
    _ label: String, kind: Int, _ word: Range<Int>, _ positions: Positions, new: String? = nil,
    detail: String?, about: String? = nil
  ) -> Value {
    var item: OrderedMap = [
      "label": .string(label), "kind": .int(kind),
      "textEdit": ["range": positions.range(word), "newText": .string(new ?? label)],
      "filterText": .string(label),
    ]
    if let detail, !detail.isEmpty { item["detail"] = .string(detail) }
    if let about { item["documentation"] = ["kind": "markdown", "value": .string(about)] }
    return .map(item)
  }

  /// A value of a row, cut to what fits beside a name.
  static func brief(_ value: Value) -> String {
    let text = value.repr
    return text.count > 60 ? text.prefix(59) + "…" : text
  }
}

/// The code of a rule under the cursor.
struct RuleWord {
  let range: Range<Int>
  let text: String

  init(_ positions: Positions, at offset: Int) {
    func isPart(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: "-") || byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39
    }
    var (start, end) = (offset, offset)
    while start > 0, isPart(positions.bytes[start - 1]) { start -= 1 }
    while end < positions.bytes.count, isPart(positions.bytes[end]) { end += 1 }
    range = start..<end
    text = String(decoding: positions.bytes[range], as: UTF8.self)
  }
}
