import Diagnostics
import YAML

/// Choices that are one text.
struct ChoicesAsText: Rule {
  static let code: Diagnostic.Code = "choices-as-text"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.error

  static let about = """
    `doc_to_choice` is a list, the name of a column that holds one, or a template that makes one. One text with commas is
    none of them.

    ```yaml
    task: demo
    output_type: multiple_choice
    doc_to_choice: "{{first}}, {{second}}"
    ```
    ```diagnostics
    error[choices-as-text]: the choices are one text, not a list
     --> example.yaml:3:16
      |
    3 | doc_to_choice: "{{first}}, {{second}}"
      |                ^^^^^^^^^^^^^^^^^^^^^^^
      = help: write one expression that is a list: `{{ [first, second] }}`
    ```

    ```yaml
    task: demo
    output_type: multiple_choice
    doc_to_choice: "yes, no"
    ```
    ```diagnostics
    error[choices-as-text]: the choices are one text, not a list
     --> example.yaml:3:16
      |
    3 | doc_to_choice: "yes, no"
      |                ^^^^^^^^^
      = help: write a list: `["yes", "no"]`
    ```

    ```yaml
    task: demo
    output_type: multiple_choice
    doc_to_choice: "{{[first, second]}}"
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    for node in [task["doc_to_choice"], task.fewshot("doc_to_choice")] {
      guard let text = node?.plainText else { continue }
      let parts = TemplateParts(text.text)
      if !parts.isConstant {
        checkJoined(text, parts, &findings)
        continue
      }
      let bare = text.text.trimmingWhitespace
      // A list written out inside quotes is read as one.
      guard !bare.hasPrefix("["), !bare.hasPrefix("("),
        bare.contains(where: { $0 == "," || $0 == "|" || $0 == ";" })
      else { continue }
      findings.add(
        Self.finding(
          "the choices are one text, not a list", at: text.span, help: "write a list: `[\"yes\", \"no\"]`"))
    }
  }

  /// Values beside each other, with something between them that is no list's bracket.
  private func checkJoined(_ text: EmbeddedText, _ parts: TemplateParts, _ findings: inout Findings) {
    guard parts.statements.isEmpty, parts.expressions.count > 1,
      let first = text.text.trimmingWhitespace.first, first != "[", first != "("
    else { return }
    let names = parts.expressions.map { parts.text($0).dropFirst(2).dropLast(2) }.map {
      String($0).trimmingWhitespace
    }
    findings.add(
      Self.finding(
        "the choices are one text, not a list", at: text.span,
        help: "write one expression that is a list: `{{ [\(names.joined(separator: ", "))] }}`"))
  }
}
