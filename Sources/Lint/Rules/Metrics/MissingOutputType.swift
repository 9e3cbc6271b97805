import Diagnostics
import YAML

/// Choices without an output type that ranks them.
struct MissingOutputType: Rule {
  static let code: Diagnostic.Code = "missing-output-type"
  static let family = Family.metrics
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    Without `output_type` a model writes an answer freely, and `doc_to_choice` only says what the right one is.

    ```yaml
    task: demo
    doc_to_text: "{{question}}"
    doc_to_choice: ["yes", "no"]
    doc_to_target: label
    metric_list: [{metric: acc}]
    ```
    ```diagnostics
    warning[missing-output-type]: there are choices and no `output_type`, so that answers are written freely (`generate_until`)
     --> example.yaml:3:1
      |
    3 | doc_to_choice: ["yes", "no"]
      | ^^^^^^^^^^^^^
      = help: add `output_type: multiple_choice`
    ```

    ```yaml
    task: demo
    output_type: multiple_choice
    doc_to_text: "{{question}}"
    doc_to_choice: ["yes", "no"]
    doc_to_target: label
    metric_list: [{metric: acc}]
    ```
    """#

  private static let ranking: Set = ["acc", "acc_norm", "acc_bytes", "acc_mutual_info", "brier_score", "mcc"]

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task["output_type"] == nil, let choices = task.entry("doc_to_choice"), !task.isScoredByFunction,
      task["generation_kwargs"] == nil, task["filter_list"] == nil,
      task["metric_list"] == nil || task.metricNames.contains(where: Self.ranking.contains)
        || task["doc_to_target"]?.plainText != nil && task.writtenChoices != nil
    else { return }
    findings.add(
      Self.finding(
        "there are choices and no `output_type`, so that answers are written freely (`generate_until`)",
        at: choices.key.span, help: "add `output_type: multiple_choice`"))
  }
}
