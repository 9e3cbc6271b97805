import Diagnostics
import Metrics
import YAML

/// A list of one choice.
struct SingleChoice: Rule {
  static let code: Diagnostic.Code = "single-choice"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.error

  static let about = """
    With one choice alone every row is right, whatever the model says.

    ```yaml
    task: demo
    output_type: multiple_choice
    doc_to_text: "{{question}}"
    doc_to_choice: ["yes"]
    ```
    ```diagnostics
    error[single-choice]: there is one choice alone, so that every row is right
     --> example.yaml:4:16
      |
    4 | doc_to_choice: ["yes"]
      |                ^^^^^^^
      = help: list all choices
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task.outputType == .multipleChoice, !task.isScoredByFunction, let choices = task.writtenChoices,
      choices.count < 2, let list = task["doc_to_choice"]
    else { return }
    // Where the choices are contexts, as in pairs of sentences, the one continuation stands here.
    if !choices.isEmpty, task.int("doc_to_text") != nil { return }
    findings.add(
      Self.finding(
        choices.isEmpty ? "there is no choice" : "there is one choice alone, so that every row is right",
        at: list.span,
        help: "list all choices"))
  }
}
