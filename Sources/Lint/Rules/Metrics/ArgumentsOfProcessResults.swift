import Diagnostics
import YAML

/// Arguments of a metric that a function takes the place of.
struct ArgumentsOfProcessResults: Rule {
  static let code: Diagnostic.Code = "arguments-of-process-results"
  static let family = Family.metrics
  static let severity = Diagnostic.Severity.note

  static let about = """
    `process_results` gives the numbers of a document; `metric_list` then only says how they are put together. Arguments of
    the metrics have no effect.

    ```yaml
    task: demo
    process_results: !function utils.score
    metric_list:
      - metric: exact_match
        ignore_case: true
    ```
    ```diagnostics
    note[arguments-of-process-results]: `ignore_case` of `exact_match` has no effect beside `process_results`
     --> example.yaml:5:5
      |
    5 |     ignore_case: true
      |     ^^^^^^^^^^^
      = help: remove it
    ```
    """

  private static let own: Set = ["metric", "aggregation", "higher_is_better", "hf_evaluate"]

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task["process_results"]?.isFunction == true else { return }
    for (entry, name) in task.metrics {
      for option in entry.entries ?? [] where !Self.own.contains(option.key.value) {
        findings.add(
          Self.finding(
            "`\(option.key.value)` of `\(name.scalar?.text.text ?? "")` has no effect beside `process_results`",
            at: option.key.span, help: "remove it"))
      }
    }
  }
}
