import Diagnostics
import Metrics
import YAML

/// A choice that begins with another one.
struct PrefixChoice: Rule {
  static let code: Diagnostic.Code = "prefix-choice"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.note

  static let about = """
    The likelihood of a text is never more than that of its beginning. Where one choice begins with another, `acc` prefers
    the shorter one whatever the question is; `acc_norm` divides by the length.

    ```yaml
    task: demo
    output_type: multiple_choice
    doc_to_choice: ["true", "true of some"]
    metric_list: [{metric: acc}]
    ```
    ```diagnostics
    note[prefix-choice]: the choice `true of some` begins with the choice `true`, which is always likelier
     --> example.yaml:3:25
      |
    3 | doc_to_choice: ["true", "true of some"]
      |                         ^^^^^^^^^^^^^^
     ::: example.yaml:3:17
      |
    3 | doc_to_choice: ["true", "true of some"]
      |                 ------ the shorter one
      = help: add `acc_norm`, or make the choices differ from their beginnings on
    ```

    ```yaml
    task: demo
    output_type: multiple_choice
    doc_to_choice: ["true", "false"]
    metric_list: [{metric: acc}]
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task.outputType == .multipleChoice, !task.isScoredByFunction, task.hasMetric("acc")
    else { return }
    let hasNorm = task.hasMetric("acc_norm")
    let texts = (task.writtenChoices ?? []).compactMap(\.plainText)
    for longer in texts {
      guard
        let shorter = texts.first(where: {
          !$0.text.isEmpty && $0.text.utf8.count < longer.text.utf8.count && longer.text.hasPrefix($0.text)
        })
      else { continue }
      findings.add(
        Self.finding(
          "the choice `\(longer.text)` begins with the choice `\(shorter.text)`, which is always likelier",
          at: longer.span, labels: [Diagnostic.Label("the shorter one", at: shorter.span)],
          help: hasNorm
            ? "trust `acc_norm` rather than `acc`, or make the choices differ from their beginnings on"
            : "add `acc_norm`, or make the choices differ from their beginnings on"))
    }
  }
}
