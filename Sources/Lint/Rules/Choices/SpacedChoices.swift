import Diagnostics
import Metrics
import YAML

/// Choices that begin with a space after a delimiter that ends with one.
struct SpacedChoices: Rule {
  static let code: Diagnostic.Code = "spaced-choices"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.warning

  static let about = """
    `target_delimiter` is a space unless it is given. Choices that begin with another one are asked for after two.

    ```yaml
    task: demo
    output_type: multiple_choice
    doc_to_choice: [" yes", " no"]
    ```
    ```diagnostics
    warning[spaced-choices]: the choices begin with a space, and `target_delimiter` ends with one
     --> example.yaml:3:17
      |
    3 | doc_to_choice: [" yes", " no"]
      |                 ^^^^^^
      = help: remove the spaces, or write `target_delimiter: ""`
    ```

    ```yaml
    task: demo
    output_type: multiple_choice
    doc_to_choice: [" yes", " no"]
    target_delimiter: ""
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task.outputType == .multipleChoice, task.targetDelimiter.hasSuffix(" "),
      let choices = task.writtenChoices
    else { return }
    let texts = choices.compactMap(\.plainText)
    guard let first = texts.first, texts.allSatisfy({ $0.text.hasPrefix(" ") }) else { return }
    findings.add(
      Self.finding(
        "the choices begin with a space, and `target_delimiter` ends with one", at: first.span,
        help: "remove the spaces, or write `target_delimiter: \"\"`"))
  }
}
