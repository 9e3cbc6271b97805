extension Diagnostic {
  /// Escape sequences that colour a terminal, or nothing.
  public struct Paint: Sendable {
    let on: Bool
    public static let plain = Paint(on: false)
    public static let colours = Paint(on: true)

    /// The text in the colour of an SGR code, such as `1;31` for bright red.
    public func callAsFunction(_ text: String, _ code: String) -> String {
      on ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
  }

  /// The form a person reads in a terminal: the message, the place, the line with a caret, and what to do.
  public func terminal(in sources: Sources, _ paint: Paint = .plain) -> String {
    let colour = severity == .error ? "1;31" : severity == .warning ? "1;33" : "1;34"
    var out = paint("\(severity.rawValue)[\(code.name)]", colour) + paint(": \(message)", "1") + "\n"
    guard let source = sources[span.source] else { return out + tail(gutter: "", paint) }
    let gutter = String(repeating: " ", count: "\(source.position(of: span.start).line)".count)
    out += snippet(source, span, mark: "^", arrow: "-->", note: nil, gutter: gutter, colour, paint)
    for label in labels {
      guard let other = sources[label.span.source] else { continue }
      out += snippet(
        other, label.span, mark: "-", arrow: ":::", note: label.message, gutter: gutter, "1;34", paint)
    }
    return out + tail(gutter: gutter, paint)
  }

  private func tail(gutter: String, _ paint: Paint) -> String {
    var out = ""
    if let note {
      let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
      let rest = lines.dropFirst().map { "\(gutter)         \($0)\n" }.joined()
      out += "\(gutter) \(paint("=", "34")) note: \(lines.first ?? "")\n" + rest
    }
    if let help { out += "\(gutter) \(paint("=", "34")) help: \(help)\n" }
    if let fix { out += "\(gutter) \(paint("=", "34")) fix: \(fix.title)\n" }
    return out
  }

  private func snippet(
    _ source: Source, _ span: SourceSpan, mark: Character, arrow: String, note: String?, gutter: String,
    _ colour: String, _ paint: Paint
  ) -> String {
    let at = source.position(of: span.start)
    let end = source.position(of: span.end)
    let line = String(source.line(at.line))
    let marked = line.dropFirst(at.column - 1).prefix(
      at.line == end.line ? max(0, end.column - at.column) : line.count)
    // A tab is shown as it stands in the text, so the caret stays below its column.
    let lead = line.prefix(at.column - 1).map {
      $0 == "\t" ? "\t" : String(repeating: " ", count: $0.cellCount)
    }.joined()
    let width = max(1, marked.reduce(0) { $0 + $1.cellCount })
    let carets = String(repeating: mark, count: width) + (note.map { " \($0)" } ?? "")
    let pad = String(repeating: " ", count: max(0, gutter.count - "\(at.line)".count))
    return """
      \(gutter)\(paint(arrow, "34")) \(source.name):\(at.line):\(at.column)
      \(gutter) \(paint("|", "34"))
      \(paint("\(pad)\(at.line) |", "34")) \(line)
      \(gutter) \(paint("|", "34")) \(lead)\(paint(carets, colour))

      """
  }
}
