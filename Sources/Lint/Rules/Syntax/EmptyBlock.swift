import Diagnostics
import YAML

/// A text of several lines without any.
struct EmptyBlock: Rule {
  static let code: Diagnostic.Code = "empty-block"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.warning

  static let about = """
    The text behind `|` or `>` is what is indented deeper than its key in the lines below. Where nothing is, the text is
    empty, and the lines below are read as keys.

    ```yaml
    task: demo
    doc_to_text: |
    doc_to_target: answer
    ```
    ```diagnostics
    warning[empty-block]: nothing below is indented, so that the text of `doc_to_text` is empty
     --> example.yaml:2:14
      |
    2 | doc_to_text: |
      |              ^
      = help: indent the lines of the text
    ```

    ```yaml
    task: demo
    doc_to_text: |
      {{question}}
    doc_to_target: answer
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    guard file.source.text.holds(": |") || file.source.text.holds(": >") else { return }
    file.root?.forEachScalar { node, scalar, path in
      guard scalar.style == .literal || scalar.style == .folded, scalar.text.text.isEmpty, let key = path.last
      else { return }
      findings.add(
        Self.finding(
          "nothing below is indented, so that the text of `\(key)` is empty", at: node.span,
          help: "indent the lines of the text"))
    }
  }
}
