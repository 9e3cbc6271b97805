import Diagnostics
import Metrics
import YAML

/// A space at the end of the prompt, and another before the answer.
struct DoubledSpace: Rule {
  static let code: Diagnostic.Code = "doubled-space"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.warning

  static let about = """
    The prompt ends with a space and `target_delimiter`, a space unless it is given, adds another. Models see the two as
    tokens that they have hardly ever seen before an answer; scores fall.

    ```yaml
    task: demo
    doc_to_text: "Q: {{question}} A: "
    doc_to_target: answer
    num_fewshot: 3
    ```
    ```diagnostics
    warning[doubled-space]: `doc_to_text` ends with a space and `target_delimiter` begins with one
     --> example.yaml:2:33
      |
    2 | doc_to_text: "Q: {{question}} A: "
      |                                 ^
      = help: remove the space at the end
      = fix: remove the space
    ```
    ```yaml fixed
    task: demo
    doc_to_text: "Q: {{question}} A:"
    doc_to_target: answer
    num_fewshot: 3
    ```

    ```yaml
    task: demo
    doc_to_text: "Q: {{question}} A:"
    doc_to_target: answer
    ```

    ```yaml
    task: demo
    doc_to_text: "Q: {{question}} A: "
    target_delimiter: ""
    doc_to_target: answer
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task.outputType != .loglikelihoodRolling, let text = task.text("doc_to_text") else { return }
    // Before an empty prefix of the answer, nothing else comes between the two.
    if let prefix = task.text("gen_prefix"), !prefix.text.isEmpty { return }
    let delimiter = task.targetDelimiter
    // Without examples, no delimiter comes before what is written.
    if task.outputType == .generateUntil, task.shots == 0 { return }
    checkTarget(task, delimiter, &findings)
    guard delimiter.hasPrefix(" "), ends(text.text) else { return }
    let place = TemplateParts(text.text).bytes.count
    findings.add(
      Self.finding(
        "`doc_to_text` ends with a space and `target_delimiter` begins with one",
        at: text.span((place - 1)..<place),
        help: "remove the space at the end",
        fix: Fix("remove the space", safety: .needsReview, Fix.Edit(text.span((place - 1)..<place), ""))))
  }

  /// In examples the right answer stands behind the delimiter.
  private func checkTarget(_ task: TaskContext, _ delimiter: String, _ findings: inout Findings) {
    guard task.outputType == .generateUntil, task.shots > 0, delimiter.hasSuffix(" "),
      task.fewshot("doc_to_target") == nil, let target = task.text("doc_to_target"),
      TemplateParts(target.text).beginning.hasPrefix(" ")
    else { return }
    findings.add(
      Self.finding(
        "`doc_to_target` begins with a space and `target_delimiter` ends with one", at: target.span(0..<1),
        help: "remove the space at the start",
        fix: Fix("remove the space", safety: .needsReview, Fix.Edit(target.span(0..<1), ""))))
  }

  private func ends(_ text: String) -> Bool {
    let ending = TemplateParts(text).ending
    return ending.hasSuffix(" ") && ending.contains { !$0.isWhitespace }
  }
}
