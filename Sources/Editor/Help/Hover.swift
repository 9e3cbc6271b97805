import Diagnostics
import Lint
import Schema
import Values

extension Workspace {
  /// What there is to say of a place: Markdown, and the bytes that it is about.
  func hover(_ document: OpenDocument, at offset: Int) -> (text: String, range: Range<Int>)? {
    let positions = positions(document)
    if let rule = rule(positions, at: offset) { return rule }
    guard document.kind != .other else { return nil }
    let cursor = Cursor(in: positions, at: offset)
    let form = DocumentForm(document, forms).root
    switch cursor.role {
    case .text: return nil
    case .template:
      let columns = columns(of: document, at: nil)
      guard let column = columns.first(where: { $0.name == cursor.text }) else { return nil }
      let value =
        column.value.map { "\n\nIn the first row: `\(Self.brief($0).replacing("`", with: "'"))`" } ?? ""
      return ("**\(column.name)** — a column of the rows" + value, cursor.word)
    case .key:
      let keys = form.inner(cursor.path, cursor.siblings).keys(cursor.siblings)
      guard let key = keys.first(where: { $0.name == cursor.text }) else { return nil }
      return (page(key) + prompt(key.name, cursor, document), cursor.word)
    case .value:
      let inner = form.inner(cursor.path, cursor.siblings)
      if let name = inner.names.first(where: { $0.name == cursor.text }), !name.summary.isEmpty {
        return ("**\(name.name)**\n\n" + (name.page.isEmpty ? name.summary : name.page), cursor.word)
      }
      guard case .key(let key)? = cursor.path.last else { return nil }
      let text = prompt(key, cursor, document)
      return text.isEmpty ? nil : (text, cursor.word)
    }
  }

  private func page(_ key: KeyPage) -> String {
    let fallback = key.fallback.map { $0 == "none" ? "" : " · by default `\(Value.string($0).json())`" }
    return "**\(key.name)** — \(key.shape)\(fallback ?? " · required")\n\n\(key.about)"
  }

  /// The prompt of the first row, for what makes it.
  private func prompt(_ key: String, _ cursor: Cursor, _ document: OpenDocument) -> String {
    guard key == "doc_to_text", cursor.path.count <= 1, let prompt = firstPrompt(document) else { return "" }
    let fence = prompt.text.contains("```") ? "~~~~" : "```"
    return "\n\nThe first row:\n\n\(fence)text\n\(prompt.text)\(fence)"
  }

  /// The page of a code in a comment to the linter.
  private func rule(_ positions: Positions, at offset: Int) -> (text: String, range: Range<Int>)? {
    let line = positions.line(positions.line(of: offset))
    guard line.lowerBound <= offset,
      String(decoding: positions.bytes[line], as: UTF8.self).contains(/#\s*assay:\s*ignore/)
    else { return nil }
    let word = RuleWord(positions, at: offset)
    guard let page = linter.registry[word.text] else { return nil }
    return ("**\(page.code.name)** — \(page.severity.rawValue)\n\n\(page.about)", word.range)
  }
}
