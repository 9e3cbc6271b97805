import Diagnostics
import Metrics
import Values
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
    doc_to_target: [0, "no", 5]
    ```
    ```diagnostics
    error[target-beyond-choices]: a list of right choices holds their numbers, found text
     --> example.yaml:4:20
      |
    4 | doc_to_target: [0, "no", 5]
      |                    ^^^^
      = help: write numbers, counted from 0, or one text alone

    error[target-beyond-choices]: one of the right choices is number 5, of choices 0 to 1
     --> example.yaml:4:26
      |
    4 | doc_to_target: [0, "no", 5]
      |                          ^
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
    for item in task.isScoredByFunction ? [] : node.items ?? [] { check(item, choices.count, &findings) }
  }

  /// One of several right choices.
  private func check(_ item: Node, _ count: Int, _ findings: inout Findings) {
    if case .int(let number)? = item.scalar?.value {
      guard number < 0 || number >= count else { return }
      findings.add(
        Self.finding(
          "one of the right choices is number \(number), of choices 0 to \(count - 1)", at: item.span,
          help: "choices are counted from 0"))
    } else {
      findings.add(
        Self.finding(
          "a list of right choices holds their numbers, found \(item.kind)", at: item.span,
          help: "write numbers, counted from 0, or one text alone"))
    }
  }
}
