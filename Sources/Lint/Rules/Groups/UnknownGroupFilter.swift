import Diagnostics
import TaskDSL
import YAML

/// A pipeline to gather from that no member of the group has.
struct UnknownGroupFilter: Rule {
  static let code: Diagnostic.Code = "unknown-group-filter"
  static let family = Family.groups
  static let severity = Diagnostic.Severity.warning

  static let about = """
    `filter_list` of a group's metric names the pipelines whose numbers are gathered. Where no member has a pipeline of
    that name, the group has no number.

    ```yaml a.yaml
    task: a
    filter_list:
      - name: strict-match
        filter: [{function: take_first}]
    ```
    ```yaml
    group: all
    task: [a]
    aggregate_metric_list:
      - metric: exact_match
        filter_list: strict_match
    ```
    ```diagnostics
    warning[unknown-group-filter]: no member of the group has a pipeline `strict_match`
     --> example.yaml:5:18
      |
    5 |     filter_list: strict_match
      |                  ^^^^^^^^^^^^
      = help: did you mean `strict-match`?
      = fix: replace with `strict-match`
    ```
    ```yaml fixed
    group: all
    task: [a]
    aggregate_metric_list:
      - metric: exact_match
        filter_list: strict-match
    ```
    """

  func check(_ group: GroupContext, _ findings: inout Findings) {
    guard let list = group.node["aggregate_metric_list"], !list.isNull, !group.leaves.isEmpty else { return }
    var known = Set<String>()
    for leaf in group.leaves {
      let task = TaskContext(leaf, nil)
      if leaf.node["class"] != nil { return }
      known.formUnion(
        task.pipelines.isEmpty ? ["none"] : task.pipelines.compactMap { $0.name?.scalar?.text.text })
    }
    for item in list.oneOrMore {
      for node in item["filter_list"]?.oneOrMore ?? [] {
        guard let name = node.plainText, !known.contains(name.text) else { continue }
        let near = known.sorted().nearest(to: name.text)
        findings.add(
          Self.finding(
            "no member of the group has a pipeline `\(name.text)`", at: name.span,
            help: near.map { "did you mean `\($0)`?" } ?? "theirs: \(known.sorted().joined(separator: ", "))",
            fix: near.map { .replace(name.span, with: $0, safety: .needsReview) }))
      }
    }
  }
}
