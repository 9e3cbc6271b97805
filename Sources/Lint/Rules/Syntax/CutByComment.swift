import Diagnostics
import Values
import YAML

/// A text that ends where a comment begins.
struct CutByComment: Rule {
  static let code: Diagnostic.Code = "cut-by-comment"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    A `#` behind a space begins a comment, unless the text is in quotes: all that follows is lost.

    ```yaml
    task: demo
    doc_to_text: Question #1 {{question}}
    filter_list:
    - name: number
      filter:
      - function: regex
        regex_pattern: #### (\d+)
    ```
    ```diagnostics
    warning[cut-by-comment]: `#` begins a comment here, so that the rest of the line is lost
     --> example.yaml:2:23
      |
    2 | doc_to_text: Question #1 {{question}}
      |                       ^^^^^^^^^^^^^^^
      = help: put the whole text in quotes

    warning[cut-by-comment]: `#` begins a comment here, so that the rest of the line is lost
     --> example.yaml:7:20
      |
    7 |     regex_pattern: #### (\d+)
      |                    ^^^^^^^^^^
      = help: put the whole text in quotes
    ```

    ```yaml
    task: demo
    doc_to_text: "Question #1 {{question}}"
    doc_to_target: answer # the column
    ```
    """#

  func check(_ file: FileContext, _ findings: inout Findings) {
    guard file.source.text.holds(" #") else { return }
    let text = file.source.text
    let count = text.utf8.count
    file.root?.forEachScalar { node, scalar, _ in
      guard scalar.style == .plain, node.tag == nil else { return }
      var at = Int(node.span.end)
      if scalar.value.isNull, at < count, text.byte(at: at) == UInt8(ascii: ":") { at += 1 }
      let start = at
      while at < count, text.byte(at: at) == 0x20 { at += 1 }
      guard at > start, at < count, text.byte(at: at) == UInt8(ascii: "#") else { return }
      var end = at
      while end < count, text.byte(at: end) != 0x0A { end += 1 }
      let comment = file.source.slice(at, end)
      guard Self.looksLikeText(String(comment), isAfterText: node.plainText != nil) else { return }
      findings.add(
        Self.finding(
          "`#` begins a comment here, so that the rest of the line is lost",
          at: SourceSpan(source: file.source.id, start: UInt32(at), end: UInt32(end)),
          help: "put the whole text in quotes"))
    }
  }

  /// Whether it goes on with what came before, as a comment seldom does.
  private static func looksLikeText(_ comment: String, isAfterText: Bool) -> Bool {
    if comment.holds("}}") || comment.holds("{%") { return true }
    if comment.hasPrefix("##") {
      return !comment.hasPrefix("########") && comment.contains { $0.isLetter || $0 == "(" }
    }
    return isAfterText && comment.byte(at: 1) >= 0x30 && comment.byte(at: 1) <= 0x39
  }
}
