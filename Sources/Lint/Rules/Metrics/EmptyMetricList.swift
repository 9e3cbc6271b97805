import Diagnostics
import YAML

/// A list of metrics without any.
struct EmptyMetricList: Rule {
  static let code: Diagnostic.Code = "empty-metric-list"
  static let family = Family.metrics
  static let severity = Diagnostic.Severity.error

  static let about = #"""
    With an empty `metric_list` nothing is scored: the run ends without a number. Left out, the list has the usual metrics of
    the output type.

    ```yaml
    task: demo
    metric_list: []
    ```
    ```diagnostics
    error[empty-metric-list]: `metric_list` is empty, so that nothing is scored
     --> example.yaml:2:14
      |
    2 | metric_list: []
      |              ^^
      = help: name a metric, or leave the key out to have the usual ones
    ```

    ```yaml
    task: demo
    metric_list: [{metric: exact_match}]
    ```
    """#

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard let list = task["metric_list"], list.items?.isEmpty == true, !task.isScoredByFunction else {
      return
    }
    findings.add(
      Self.finding(
        "`metric_list` is empty, so that nothing is scored", at: list.span,
        help: "name a metric, or leave the key out to have the usual ones"))
  }
}
