import Diagnostics
import Values

/// Two versions of tasks as a person reads them: in two columns where there is room, else one below the other.
public struct PreviewDifferenceText: Sendable {
  private let paint: Diagnostic.Paint
  private let isColoured: Bool
  private let visible: VisibleText
  /// How many cells a line has; nil for lines below each other.
  private let width: Int?

  /// Narrower columns would break most lines of a prompt.
  private static let leastWidth = 120
  /// How many lines that are alike are shown around a change.
  private static let around = 3

  public init(isColoured: Bool, showsSpace: Bool = false, width: Int? = nil) {
    self.isColoured = isColoured
    paint = isColoured ? .colours : .plain
    visible = VisibleText(showsSpace: showsSpace)
    self.width = width.flatMap { $0 >= Self.leastWidth ? $0 : nil }
  }

  public func text(of differences: [PreviewDifference]) -> String {
    differences.map(text).joined(separator: "\n")
  }

  private func text(of difference: PreviewDifference) -> String {
    let old = visible(difference.oldName)
    let new = visible(difference.newName)
    var out = paint("- \(old)", "31") + "\n" + paint("+ \(new)", "32") + "\n"
    let missing = difference.old.missing.map { (old, $0) } + difference.new.missing.map { (new, $0) }
    for (name, reason) in missing { out += paint("missing", "1;33") + ": \(name): \(visible(reason))\n" }
    for setting in difference.settings { out += text(of: setting) }
    let changed = difference.documents.filter { !$0.isSame }
    for document in changed {
      out += paint("━━ document \(document.id)\(Self.only(document))", "1") + "\n"
      out += text(of: document.difference)
    }
    return out + summary(difference, changed.count) + "\n"
  }

  private static func only(_ document: PreviewDifference.Document) -> String {
    if document.old == nil { return ", only in the new version" }
    return document.new == nil ? ", only in the old version" : ""
  }

  private func summary(_ difference: PreviewDifference, _ changed: Int) -> String {
    let rows = difference.documents.count
    let settings = difference.settings.count
    if difference.isSame { return "alike: \(rows) row\(rows == 1 ? "" : "s") and all settings" }
    return "\(changed) of \(rows) row\(rows == 1 ? "" : "s") differ\(changed == 1 ? "s" : ""), "
      + "\(settings) setting\(settings == 1 ? "" : "s")"
  }

  private func text(of setting: PreviewDifference.Setting) -> String {
    func side(_ value: Value?, _ mark: String, _ colour: String) -> String {
      guard let value, !value.isNull else { return "" }
      return paint("  \(mark) \(visible(value.repr))", colour) + "\n"
    }
    return paint(setting.key, "1") + "\n" + side(setting.old, "-", "31") + side(setting.new, "+", "32")
  }

  // MARK: - Prompts

  private func text(of difference: LineDifference) -> String {
    let rows = difference.rows
    let changes = rows.indices.filter { if case .both = rows[$0] { false } else { true } }
    let shown = Set(changes.flatMap { $0 - Self.around...$0 + Self.around })
    var out = ""
    var hidden = 0
    func close() {
      if hidden > 0 { out += paint("  … \(hidden) line\(hidden == 1 ? "" : "s") alike", "2") + "\n" }
      hidden = 0
    }
    for (index, row) in rows.enumerated() {
      guard shown.contains(index) else {
        hidden += 1
        continue
      }
      close()
      out += width.map { columns(row, ($0 - 5) / 2) } ?? below(row)
    }
    close()
    return out
  }

  private func below(_ row: LineDifference.Row) -> String {
    switch row {
    case .both(let line): "  \(seen(line))\n"
    case .change(let old, let new):
      (old.map { line("-", $0, "31") } ?? "") + (new.map { line("+", $0, "32") } ?? "")
    }
  }

  private func line(_ mark: String, _ runs: [LineDifference.Run], _ colour: String) -> String {
    let isWhole = runs.allSatisfy(\.isChanged)
    let words = runs.map { run in
      paint(seen(run.text), run.isChanged && !isWhole ? colour + ";7" : colour)
    }.joined()
    let out = paint(mark, colour) + " " + words + "\n"
    guard !isColoured, !isWhole, runs.contains(where: \.isChanged) else { return out }
    // Without colours a line below says which characters changed.
    let carets = runs.map { run in
      String(repeating: run.isChanged ? "^" : " ", count: Self.cells(seen(run.text)))
    }.joined()
    return out + "? " + carets.trimmedRight + "\n"
  }

  /// A line's text; within a line a line end is a mark alone.
  private func seen(_ text: String) -> String { visible(text) }

  private static func cells(_ text: String) -> Int { text.reduce(0) { $0 + $1.cellCount } }

  // MARK: - Columns

  private func columns(_ row: LineDifference.Row, _ width: Int) -> String {
    let mark: String
    let left, right: [LineDifference.Run]
    switch row {
    case .both(let text):
      mark = " "
      left = [LineDifference.Run(text: text, isChanged: false)]
      right = left
    case .change(let old, let new):
      mark = old == nil ? ">" : new == nil ? "<" : "|"
      left = old ?? []
      right = new ?? []
    }
    let before = folded(left, width, "31", isChange: mark != " ")
    let after = folded(right, width, "32", isChange: mark != " ")
    return (0..<max(before.count, after.count, 1)).map { index in
      let line = before.indices.contains(index) ? before[index] : ("", 0)
      let padding = String(repeating: " ", count: max(0, width - line.1))
      let other = after.indices.contains(index) ? after[index].0 : ""
      return (line.0 + padding + " \(paint(mark, "1")) " + other).trimmedRight + "\n"
    }.joined()
  }

  /// A side's line in as many rows as it needs, each with its number of cells.
  private func folded(
    _ runs: [LineDifference.Run], _ width: Int, _ colour: String, isChange: Bool
  ) -> [(String, Int)] {
    var lines: [(String, Int)] = []
    var line = ""
    var used = 0
    for run in runs {
      var pending = ""
      func put() {
        guard !pending.isEmpty else { return }
        let style = run.isChanged ? colour + ";7" : colour
        line += isChange ? paint(pending, style) : pending
        pending = ""
      }
      let text = run.isChanged && !isColoured ? "⟦\(seen(run.text))⟧" : seen(run.text)
      for character in text {
        if used + character.cellCount > width {
          put()
          lines.append((line, used))
          line = ""
          used = 0
        }
        pending.append(character)
        used += character.cellCount
      }
      put()
    }
    return lines + [(line, used)]
  }
}

extension String {
  /// Without blanks at the end, which nobody sees.
  fileprivate var trimmedRight: String {
    var view = self[...]
    while view.last == " " { view.removeLast() }
    return String(view)
  }
}
