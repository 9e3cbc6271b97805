import Diagnostics
import YAML

/// A description that runs into the first question.
struct GluedDescription: Rule {
  static let code: Diagnostic.Code = "glued-description"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    The description stands right before the first question. Without a line break at its end the two run into each other.

    ```yaml
    task: demo
    description: "Answer the questions."
    doc_to_text: "Q: {{question}}"
    ```
    ```diagnostics
    warning[glued-description]: the description runs into the first question
     --> example.yaml:2:35
      |
    2 | description: "Answer the questions."
      |                                   ^
      = help: end it with a line break: `\n\n` in double quotes
      = fix: add an empty line
    ```
    ```yaml fixed
    task: demo
    description: "Answer the questions.\n\n"
    doc_to_text: "Q: {{question}}"
    ```

    ```yaml
    task: demo
    description: "Answer the questions.\n\n"
    doc_to_text: "Q: {{question}}"
    ```
    """#

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard let description = task.text("description"), let last = TemplateParts(description.text).ending.last,
      !last.isWhitespace, last.isASCII
    else { return }
    if let text = task.text("doc_to_text") {
      let first = TemplateParts(text.text).beginning.first
      if text.text.isEmpty || first?.isWhitespace == true { return }
    }
    let isQuoted = task["description"]?.scalar?.style == .doubleQuoted
    let end = description.text.utf8.count
    let at = description.span(end..<end)
    findings.add(
      Self.finding(
        "the description runs into the first question", at: description.span((end - 1)..<end),
        help: "end it with a line break: `\\n\\n` in double quotes",
        fix: isQuoted
          ? Fix(
            "add an empty line", safety: .needsReview,
            Fix.Edit(
              SourceSpan(
                source: at.source, start: description.span((end - 1)..<end).end,
                end: description.span((end - 1)..<end).end), "\\n\\n"))
          : nil))
  }
}
