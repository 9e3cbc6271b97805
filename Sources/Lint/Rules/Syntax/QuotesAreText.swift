import Diagnostics
import YAML

/// Quotes that YAML does not know.
struct QuotesAreText: Rule {
  static let code: Diagnostic.Code = "quotes-are-text"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    To YAML `r'…'` and `f"…"` are plain texts that begin with a letter, and “…” one that begins with a mark: what looks like
    quotes is part of the text.

    ```yaml
    task: demo
    filter_list:
    - name: number
      filter:
      - function: regex
        regex_pattern: r'(\d+)'
      - function: take_first
    ```
    ```diagnostics
    warning[quotes-are-text]: YAML has no `r` before a quote: it is part of the text, and so are the quotes
     --> example.yaml:6:20
      |
    6 |     regex_pattern: r'(\d+)'
      |                    ^^^^^^^^
      = help: remove the `r`; single quotes read no escapes
      = fix: remove the `r`
    ```
    ```yaml fixed
    task: demo
    filter_list:
    - name: number
      filter:
      - function: regex
        regex_pattern: '(\d+)'
      - function: take_first
    ```

    ```yaml
    task: demo
    filter_list:
    - name: number
      filter:
      - function: regex
        regex_pattern: '(\d+)'
      - function: take_first
    ```
    """#

  private static let prefixes: Set = ["r", "b", "f", "u", "R", "F", "rb", "br", "rf", "fr"]
  private static let pairs: [Unicode.Scalar: Unicode.Scalar] = [
    "\u{201C}": "\u{201D}", "\u{201E}": "\u{201C}", "\u{2018}": "\u{2019}",
  ]

  /// What a file without any such quotes does not have.
  private static let marks = [
    " r'", " r\"", " R'", " R\"", " b'", " b\"", " f'", " f\"", " F'", " F\"", " u'", " u\"", " rb", " br",
    " rf",
    " fr", "\u{201C}", "\u{201E}", "\u{2018}",
  ]

  func check(_ file: FileContext, _ findings: inout Findings) {
    guard Self.marks.contains(where: file.source.text.holds) else { return }
    file.root?.forEachScalar { node, scalar, _ in
      guard scalar.style == .plain, node.tag == nil, let text = node.plainText else { return }
      let bytes = text.text.utf8
      if let last = bytes.last, last == UInt8(ascii: "'") || last == UInt8(ascii: "\""),
        let first = bytes.firstIndex(of: last), bytes.distance(from: bytes.startIndex, to: first) <= 2,
        first != bytes.index(before: bytes.endIndex), Self.prefixes.contains(String(text.text[..<first]))
      {
        let prefix = String(text.text[..<first])
        let start = text.span.start
        let span = SourceSpan(source: text.span.source, start: start, end: start + UInt32(prefix.utf8.count))
        findings.add(
          Self.finding(
            "YAML has no `\(prefix)` before a quote: it is part of the text, and so are the quotes",
            at: text.span,
            help: "remove the `\(prefix)`; single quotes read no escapes",
            fix: Fix("remove the `\(prefix)`", safety: .needsReview, Fix.Edit(span, ""))))
      } else if let first = text.text.unicodeScalars.first, let closing = Self.pairs[first],
        text.text.unicodeScalars.last == closing
      {
        findings.add(
          Self.finding(
            "`\(first)` and `\(closing)` are no quotes to YAML, and part of the text", at: text.span,
            help: "use `\"` or `'`"))
      }
    }
  }
}
