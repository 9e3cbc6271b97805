import Diagnostics
import TaskDSL
import Values
import YAML

/// A group whose `num_fewshot` takes the place of that of its members.
struct OverriddenShots: Rule {
  static let code: Diagnostic.Code = "overridden-shots"
  static let family = Family.groups
  static let severity = Diagnostic.Severity.note

  static let about = """
    A key of a group that is none of the group's own is a setting for all its members. `num_fewshot` in a group silently
    takes the place of the number that a member asks for itself.

    ```yaml a.yaml
    task: a
    num_fewshot: 5
    ```
    ```yaml
    group: all
    task: [a]
    num_fewshot: 2
    ```
    ```diagnostics
    note[overridden-shots]: this replaces the own `num_fewshot` of `a`
     --> example.yaml:3:14
      |
    3 | num_fewshot: 2
      |              ^
      = help: leave it out to keep the members' own
    ```
    """

  func check(_ group: GroupContext, _ findings: inout Findings) {
    guard let shots = group.node["num_fewshot"], !shots.isNull else { return }
    let own = group.leaves.filter { leaf in
      let entry = group.index.entries[leaf.name]
      guard let value = entry?.node?["num_fewshot"]?.value, !value.isNull else { return false }
      return value != shots.value && leaf.node["num_fewshot"]?.span == shots.span
    }
    guard let first = own.first else { return }
    let others = own.count > 1 ? " and of \(own.count - 1) more" : ""
    findings.add(
      Self.finding(
        "this replaces the own `num_fewshot` of `\(first.name)`\(others)", at: shots.span,
        help: "leave it out to keep the members' own"))
  }
}
