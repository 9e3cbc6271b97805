import Diagnostics
import Metrics
import YAML

/// No metrics are named.
struct MissingMetrics: Rule {
  static let code: Diagnostic.Code = "missing-metrics"
  static let family = Family.metrics
  static let severity = Diagnostic.Severity.note
  static let presets: Set<Preset> = []

  static let about = """
    Without `metric_list` the metrics are those of the output type. Naming them says what the task's number is.

    ```yaml
    task: demo
    output_type: multiple_choice
    ```
    ```diagnostics
    note[missing-metrics]: no metrics are named, so that it is `acc` and `acc_norm`
     --> example.yaml:1:7
      |
    1 | task: demo
      |       ^^^^
      = help: add `metric_list`
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task["metric_list"] == nil, !task.isScoredByFunction, let type = task.outputType else { return }
    let names = type.defaultMetrics.map { "`\($0)`" }.joined(separator: " and ")
    findings.add(
      Self.finding("no metrics are named, so that it is \(names)", at: task.place, help: "add `metric_list`"))
  }
}
