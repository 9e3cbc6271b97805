import Diagnostics
import Metrics
import YAML

/// A choice without text.
struct EmptyChoice: Rule {
  static let code: Diagnostic.Code = "empty-choice"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.error

  static let about = """
    The likelihood of an empty text is 1, so that an empty choice always wins; `acc_norm` divides by its length, which is 0.

    ```yaml
    task: demo
    output_type: multiple_choice
    doc_to_choice: ["yes", ""]
    target_delimiter: ""
    ```
    ```diagnostics
    error[empty-choice]: this choice is empty, and an empty text is always the likeliest
     --> example.yaml:3:24
      |
    3 | doc_to_choice: ["yes", ""]
      |                        ^^
      = help: write the choice out
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task.outputType == .multipleChoice else { return }
    for choice in task.writtenChoices ?? [] {
      guard let text = choice.plainText, text.text.isEmpty else { continue }
      findings.add(
        Self.finding(
          "this choice is empty, and an empty text is always the likeliest", at: text.span,
          help: "write the choice out"))
    }
  }
}
