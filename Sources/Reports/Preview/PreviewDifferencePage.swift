import Values

/// Two versions of tasks side by side, as one HTML file that needs nothing else.
public struct PreviewDifferencePage: Sendable {
  public let title: String
  public let showsSpace: Bool

  public init(title: String, showsSpace: Bool = false) {
    self.title = title
    self.showsSpace = showsSpace
  }

  public func html(of differences: [PreviewDifference]) -> String {
    let frame = PageFrame(title: title, showsSpace: showsSpace)
    return frame.html(tools: "", body: differences.flatMap(section))
  }

  private func section(_ difference: PreviewDifference) -> [String] {
    var out = ["<section>", "<h2>\(PageFrame.escaped(difference.new.name))</h2>"]
    let rows = difference.documents.filter { !$0.isSame }
    out.append(
      "<div class=\"remark\">\(rows.count) of \(difference.documents.count) rows differ, \(difference.settings.count) settings</div>"
    )
    let names =
      "<tr><th>\(PageFrame.escaped(difference.oldName))</th><th>\(PageFrame.escaped(difference.newName))</th></tr>"
    if !difference.settings.isEmpty {
      out.append("<table class=\"sides\">\(names)")
      for setting in difference.settings {
        out.append("<tr><td colspan=\"2\"><b>\(PageFrame.escaped(setting.key))</b></td></tr>")
        out.append("<tr>\(cell(setting.old, "old"))\(cell(setting.new, "new"))</tr>")
      }
      out.append("</table>")
    }
    for document in rows {
      out += ["<article>", "<h3>document \(document.id)</h3>", "<table class=\"sides\">\(names)"]
      out += document.difference.rows.map(row)
      out += ["</table>", "</article>"]
    }
    return out + ["</section>"]
  }

  private func cell(_ value: Value?, _ kind: String) -> String {
    let text = value.map { $0.isNull ? "" : $0.repr } ?? ""
    return "<td class=\"\(kind)\"><span class=\"t\">\(PageFrame.escaped(text))</span></td>"
  }

  private func row(_ row: LineDifference.Row) -> String {
    switch row {
    case .both(let line):
      let text = "<td><span class=\"t\">\(PageFrame.escaped(line))</span></td>"
      return "<tr>\(text)\(text)</tr>"
    case .change(let old, let new): return "<tr>\(side(old, "old"))\(side(new, "new"))</tr>"
    }
  }

  private func side(_ runs: [LineDifference.Run]?, _ kind: String) -> String {
    guard let runs else { return "<td></td>" }
    let text = runs.map { run in
      run.isChanged
        ? "<mark class=\"t\">\(PageFrame.escaped(run.text))</mark>"
        : "<span class=\"t\">\(PageFrame.escaped(run.text))</span>"
    }
    return "<td class=\"\(kind)\">\(text.joined())</td>"
  }
}
