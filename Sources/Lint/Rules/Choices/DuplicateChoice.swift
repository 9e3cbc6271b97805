import Diagnostics
import Metrics
import YAML

/// Two choices that are the same.
struct DuplicateChoice: Rule {
  static let code: Diagnostic.Code = "duplicate-choice"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.error

  static let about = """
    Of two equal choices the model finds both equally likely, and the first is taken. A row whose right answer is the
    second is never right.

    ```yaml
    task: demo
    output_type: multiple_choice
    doc_to_choice: ["A", "B", "C", "C"]
    ```
    ```diagnostics
    error[duplicate-choice]: the choice `C` is there twice, and the second can never win
     --> example.yaml:3:32
      |
    3 | doc_to_choice: ["A", "B", "C", "C"]
      |                                ^^^
     ::: example.yaml:3:27
      |
    3 | doc_to_choice: ["A", "B", "C", "C"]
      |                           --- the first
      = help: change or remove one of them
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task.outputType == .multipleChoice else { return }
    var seen: [String: SourceSpan] = [:]
    for choice in task.writtenChoices ?? [] {
      guard let text = choice.plainText else { continue }
      if let first = seen[text.text] {
        findings.add(
          Self.finding(
            "the choice `\(text.text)` is there twice, and the second can never win", at: text.span,
            labels: [Diagnostic.Label("the first", at: first)], help: "change or remove one of them"))
      } else {
        seen[text.text] = text.span
      }
    }
  }
}
