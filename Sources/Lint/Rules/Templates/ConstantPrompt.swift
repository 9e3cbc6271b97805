import Diagnostics
import Metrics
import YAML

/// A prompt that is the same for every row.
struct ConstantPrompt: Rule {
  static let code: Diagnostic.Code = "constant-prompt"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.warning

  static let about = """
    `doc_to_text` has nothing to fill in, so that every row asks the same. Most likely the braces around a column's name
    are missing.

    ```yaml
    task: demo
    doc_to_text: "Question: question Answer:"
    ```
    ```diagnostics
    warning[constant-prompt]: `doc_to_text` is the same for every row
     --> example.yaml:2:14
      |
    2 | doc_to_text: "Question: question Answer:"
      |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      = help: fill in a column: `{{question}}`
    ```

    A single word is the name of a column, and an empty prompt leaves all to the choices.

    ```yaml
    task: demo
    doc_to_text: question
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard let text = task.text("doc_to_text"), task.outputType != .loglikelihoodRolling else { return }
    let bare = text.text.drop { $0.isWhitespace }
    if bare.isEmpty, task.outputType == .generateUntil, task["description"] == nil,
      task["doc_to_image"] == nil,
      task["doc_to_audio"] == nil
    {
      findings.add(
        Self.finding(
          "`doc_to_text` is empty, so that every row asks the same", at: text.span,
          help: "fill in a column: `{{question}}`"))
      return
    }
    guard bare.contains(where: \.isWhitespace), TemplateParts(text.text).isConstant else { return }
    // Choices that hold the whole question make up for it, as in pairs of sentences.
    if task.outputType == .multipleChoice, task.writtenChoices == nil { return }
    findings.add(
      Self.finding(
        "`doc_to_text` is the same for every row", at: text.span,
        help: "fill in a column: `{{question}}`"))
  }
}
