import Diagnostics
import Metrics
import YAML

/// Choices of which some begin with a space.
struct UnevenSpaces: Rule {
  static let code: Diagnostic.Code = "uneven-spaces"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.warning

  static let about = """
    Some choices begin with a space and others do not; the model finds the one kind likelier for that reason alone.

    ```yaml
    task: demo
    output_type: multiple_choice
    doc_to_choice: [" yes", "no"]
    ```
    ```diagnostics
    warning[uneven-spaces]: this choice begins with a space, others do not
     --> example.yaml:3:17
      |
    3 | doc_to_choice: [" yes", "no"]
      |                 ^^^^^^
      = help: let `target_delimiter` give the space to all of them
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task.outputType == .multipleChoice else { return }
    let texts = (task.writtenChoices ?? []).compactMap(\.plainText).filter { !$0.text.isEmpty }
    let spaced = texts.filter { $0.text.hasPrefix(" ") }
    guard let first = spaced.first, spaced.count < texts.count else { return }
    findings.add(
      Self.finding(
        "this choice begins with a space, others do not", at: first.span,
        help: "let `target_delimiter` give the space to all of them"))
  }
}
