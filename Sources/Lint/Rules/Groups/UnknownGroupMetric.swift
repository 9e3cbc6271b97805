import Diagnostics
import TaskDSL
import YAML

/// A metric to gather that no member of the group has.
struct UnknownGroupMetric: Rule {
  static let code: Diagnostic.Code = "unknown-group-metric"
  static let family = Family.groups
  static let severity = Diagnostic.Severity.warning

  static let about = """
    A group gathers the numbers of its members by the metric's name. Where no member has a metric of that name, the group
    has no number.

    ```yaml a.yaml
    task: a
    metric_list:
      - metric: acc
    ```
    ```yaml
    group: all
    task: [a]
    aggregate_metric_list:
      - metric: accuracy
    ```
    ```diagnostics
    warning[unknown-group-metric]: no member of the group has a metric `accuracy`
     --> example.yaml:4:13
      |
    4 |   - metric: accuracy
      |             ^^^^^^^^
      = help: theirs: acc
    ```
    """

  func check(_ group: GroupContext, _ findings: inout Findings) {
    guard let list = group.node["aggregate_metric_list"], !list.isNull, !group.leaves.isEmpty else { return }
    var known = Set<String>()
    for leaf in group.leaves {
      let task = TaskContext(leaf, nil)
      // A function may give numbers under any name, and names itself where it is a metric.
      if task.isScoredByFunction || leaf.node["class"] != nil { return }
      if task.metrics.contains(where: { $0.name.tag != nil }) { return }
      known.formUnion(task.metricNames)
    }
    for item in list.oneOrMore {
      guard let name = item["metric"]?.plainText, !known.contains(name.text) else { continue }
      let near = known.sorted().nearest(to: name.text)
      findings.add(
        Self.finding(
          "no member of the group has a metric `\(name.text)`", at: name.span,
          help: near.map { "did you mean `\($0)`?" } ?? "theirs: \(known.sorted().joined(separator: ", "))",
          fix: near.map { .replace(name.span, with: $0, safety: .needsReview) }))
    }
  }
}
