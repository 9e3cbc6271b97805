import Diagnostics
import YAML

/// A prefix of the answer that ends with a space.
struct SpaceAfterPrefix: Rule {
  static let code: Diagnostic.Code = "space-after-prefix"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.warning

  static let about = """
    `gen_prefix` is followed by a space of its own before an example's answer or a choice. One that ends with a space
    makes two.

    ```yaml
    task: demo
    doc_to_text: "{{question}}"
    gen_prefix: "The answer is "
    ```
    ```diagnostics
    warning[space-after-prefix]: `gen_prefix` ends with a space, and another follows
     --> example.yaml:3:27
      |
    3 | gen_prefix: "The answer is "
      |                           ^
      = help: remove the space
      = fix: remove the space
    ```
    ```yaml fixed
    task: demo
    doc_to_text: "{{question}}"
    gen_prefix: "The answer is"
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    for (key, text) in task.templates where key.hasSuffix("gen_prefix") {
      guard TemplateParts(text.text).ending.hasSuffix(" ") else { continue }
      let end = text.text.utf8.count
      let place = text.span((end - 1)..<end)
      findings.add(
        Self.finding(
          "`gen_prefix` ends with a space, and another follows", at: place, help: "remove the space",
          fix: Fix("remove the space", safety: .needsReview, Fix.Edit(place, ""))))
    }
  }
}
