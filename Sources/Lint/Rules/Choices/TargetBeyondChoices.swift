import Diagnostics
import Metrics
import YAML

/// A right answer that is none of the choices.
struct TargetBeyondChoices: Rule {
  static let code: Diagnostic.Code = "target-beyond-choices"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.error

  static let about = """
    The number of the right choice counts from 0; a written answer must be one of the choices.

    ```yaml
    task: demo
    output_type: multiple_choice
    doc_to_choice: ["yes", "no"]
    doc_to_target: 2
    ```
    ```diagnostics
    error[target-beyond-choices]: the right choice is number 2, of choices 0 to 1
     --> example.yaml:4:16
      |
    4 | doc_to_target: 2
      |                ^
      = help: choices are counted from 0
    ```

    ```yaml
    task: demo
    output_type: multiple_choice
    doc_to_choice: ["yes", "no"]
    doc_to_target: 1
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task.outputType == .multipleChoice, let choices = task.writtenChoices,
      let node = task["doc_to_target"]
    else { return }
    if let number = task.int("doc_to_target"), number < 0 || number >= choices.count {
      findings.add(
        Self.finding(
          "the right choice is number \(number), of choices 0 to \(choices.count - 1)", at: node.span,
          help: "choices are counted from 0"))
    }
  }
}
