import Diagnostics
import Metrics
import YAML

/// A pipeline that leaves a list of answers.
struct PipelineLeavesList: Rule {
  static let code: Diagnostic.Code = "pipeline-leaves-list"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.warning

  static let about = """
    Metrics score one answer. A pipeline that does not end in `take_first` leaves a list of them; what a metric makes of
    that differs: `exact_match` takes the mean, others fail or compare the text of the list.

    ```yaml
    task: demo
    filter_list:
      - name: number
        filter:
          - function: regex
            regex_pattern: "([0-9]+)"
    ```
    ```diagnostics
    warning[pipeline-leaves-list]: the pipeline `number` leaves a list, where a metric scores one answer
     --> example.yaml:5:19
      |
    5 |       - function: regex
      |                   ^^^^^
      = help: end it with `- function: take_first`
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task.outputType == .generateUntil, !task.isScoredByFunction,
      !task.metrics.contains(where: { $0.name.tag != nil || $0.entry["aggregation"]?.tag != nil })
    else { return }
    for pipeline in task["filter_list"]?.items ?? [] {
      guard let steps = pipeline["filter"], steps.items?.isEmpty == true else { continue }
      findings.add(
        Self.finding(
          "the pipeline `\(pipeline["name"]?.scalar?.text.text ?? "")` has no steps, and leaves the list of answers as it is",
          at: steps.span, help: "write `filter: [{function: take_first}]`"))
    }
    for (name, steps) in task.pipelines {
      let names = steps.map { $0["function"] }
      if steps.isEmpty || names.contains(where: { $0?.tag != nil }) { continue }
      let known = names.compactMap { $0?.plainText?.text }
      if known.contains("take_first") || known.contains("custom") || known.count < names.count { continue }
      if known.contains(where: { !Self.listFilters.contains($0) }) { continue }
      guard let last = names.last ?? nil else { continue }
      findings.add(
        Self.finding(
          "the pipeline `\(name?.scalar?.text.text ?? "")` leaves a list, where a metric scores one answer",
          at: last.span,
          help: "end it with `- function: take_first`"))
    }
  }

  private static let listFilters: Set = [
    "regex", "multi_choice_regex", "remove_whitespace", "lowercase", "uppercase", "map", "majority_vote",
    "take_first_k",
  ]
}
