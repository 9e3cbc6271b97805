import Diagnostics
import YAML

/// A list of pipelines without any.
struct EmptyFilterList: Rule {
  static let code: Diagnostic.Code = "empty-filter-list"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.error

  static let about = #"""
    With an empty `filter_list` no answer comes to be scored: the run ends without a number. Left out, the first answer is
    scored as it is.

    ```yaml
    task: demo
    filter_list: []
    ```
    ```diagnostics
    error[empty-filter-list]: `filter_list` is empty, so that no answer is scored
     --> example.yaml:2:14
      |
    2 | filter_list: []
      |              ^^
      = help: name a pipeline, or leave the key out to have the first answer as it is
    ```

    ```yaml
    task: demo
    filter_list: [{name: first, filter: [{function: take_first}]}]
    ```
    """#

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard let list = task["filter_list"], list.items?.isEmpty == true else { return }
    findings.add(
      Self.finding(
        "`filter_list` is empty, so that no answer is scored", at: list.span,
        help: "name a pipeline, or leave the key out to have the first answer as it is"))
  }
}
