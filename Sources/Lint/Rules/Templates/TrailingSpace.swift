import Diagnostics
import Metrics
import YAML

/// A prompt that ends with a space where a model writes on.
struct TrailingSpace: Rule {
  static let code: Diagnostic.Code = "trailing-space"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.warning

  static let about = """
    What a model writes begins with a space of its own, as most tokens do. A prompt that ends with one makes two, or has
    the model go on in a way that it has hardly ever seen.

    ```yaml
    task: demo
    doc_to_text: "Q: {{question}} A: "
    doc_to_target: answer
    ```
    ```diagnostics
    warning[trailing-space]: the prompt ends with a space, and what a model writes begins with one
     --> example.yaml:2:33
      |
    2 | doc_to_text: "Q: {{question}} A: "
      |                                 ^
      = help: remove the space
      = fix: remove the space
    ```
    ```yaml fixed
    task: demo
    doc_to_text: "Q: {{question}} A:"
    doc_to_target: answer
    ```

    ```yaml
    task: demo
    doc_to_text: "Q: {{question}} A:"
    doc_to_target: answer
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task.outputType == .generateUntil, task.shots == 0, let text = task.text("doc_to_text") else {
      return
    }
    if let prefix = task.text("gen_prefix"), !prefix.text.isEmpty { return }
    let ending = TemplateParts(text.text).ending
    guard ending.hasSuffix(" "), ending.contains(where: { !$0.isWhitespace }) else { return }
    let end = text.text.utf8.count
    let place = text.span((end - 1)..<end)
    findings.add(
      Self.finding(
        "the prompt ends with a space, and what a model writes begins with one", at: place,
        help: "remove the space",
        fix: Fix("remove the space", safety: .needsReview, Fix.Edit(place, ""))))
  }
}
