import Diagnostics
import YAML

/// A group without members.
struct EmptyGroup: Rule {
  static let code: Diagnostic.Code = "empty-group"
  static let family = Family.groups
  static let severity = Diagnostic.Severity.warning

  static let about = """
    A group without members gives no score.

    ```yaml
    group: nothing
    task: []
    ```
    ```diagnostics
    warning[empty-group]: the group `nothing` has no members
     --> example.yaml:2:7
      |
    2 | task: []
      |       ^^
      = help: list names of tasks, groups or tags
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    guard let group = file.value("group"), let list = file.value("task"), list.items?.isEmpty == true else {
      return
    }
    findings.add(
      Self.finding(
        "the group `\(group.scalar?.text.text ?? "")` has no members", at: list.span,
        help: "list names of tasks, groups or tags"))
  }
}
