import Diagnostics
import Metrics
import YAML

/// A right answer that is the same for every row.
struct ConstantTarget: Rule {
  static let code: Diagnostic.Code = "constant-target"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.warning

  static let about = """
    The choices are written out and the right one is always the same, so that a model that never looks at the question is
    always right.

    ```yaml
    task: demo
    output_type: multiple_choice
    doc_to_choice: ["yes", "no"]
    doc_to_target: 0
    ```
    ```diagnostics
    warning[constant-target]: the right choice is the same for every row
     --> example.yaml:4:16
      |
    4 | doc_to_target: 0
      |                ^
      = help: name the column that holds the label
    ```

    Where the rows give the choices, the right one may well always be the first.

    ```yaml
    task: demo
    output_type: multiple_choice
    doc_to_choice: "{{[right, wrong]}}"
    doc_to_target: 0
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    if task.outputType == .generateUntil { return checkText(task, &findings) }
    guard task.outputType == .multipleChoice, !task.isScoredByFunction, let node = task["doc_to_target"],
      let choices = task.writtenChoices, task["process_docs"] == nil
    else { return }
    if task.int("doc_to_target") == nil {
      // A text that is a choice, or the number of one, is hardly a column's name.
      guard let text = node.plainText?.text, !text.isEmpty,
        text.allSatisfy(\.isNumber) || choices.contains(where: { $0.plainText?.text == text })
      else { return }
    }
    let isFixed = choices.allSatisfy { $0.plainText.map { TemplateParts($0.text).isConstant } ?? true }
    guard isFixed else { return }
    findings.add(
      Self.finding(
        "the right choice is the same for every row", at: node.span,
        help: "name the column that holds the label"))
  }

  /// An answer that can be no column's name: one with blanks in it, or a number.
  private func checkText(_ task: TaskContext, _ findings: inout Findings) {
    guard !task.isScoredByFunction, task["process_docs"] == nil, task["doc_to_choice"] == nil,
      let node = task["doc_to_target"]
    else { return }
    if let text = node.plainText {
      guard TemplateParts(text.text).isConstant, !text.text.isEmpty,
        text.text.contains(where: \.isWhitespace) || text.text.allSatisfy(\.isNumber)
      else { return }
    } else if task.int("doc_to_target") == nil {
      return
    }
    findings.add(
      Self.finding(
        "the right answer is the same for every row", at: node.span, help: "name the column that holds it"))
  }
}
