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
      guard let text = node?.plainText, TemplateParts(text.text).isConstant else { continue }
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
}
