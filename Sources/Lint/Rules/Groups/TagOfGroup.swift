import Diagnostics
import TaskDSL
import YAML

/// A tag on a group.
struct TagOfGroup: Rule {
  static let code: Diagnostic.Code = "tag-of-group"
  static let family = Family.groups
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    Tags are for tasks; that of a group is not read. To have a group in another one, name it among the members there.

    ```yaml others.yaml
    task: first
    ```
    ```yaml
    group: demo
    tag: demos
    task: [first]
    ```
    ```diagnostics
    warning[tag-of-group]: a `tag` on a group has no effect
     --> example.yaml:2:1
      |
    2 | tag: demos
      | ^^^
      = help: remove it; a group is a member of another when it is named there
      = fix: remove `tag`
    ```
    ```yaml fixed
    group: demo
    task: [first]
    ```

    ```yaml others.yaml
    task: first
    ```
    ```yaml
    group: demo
    task: [first]
    ```
    """#

  func check(_ file: FileContext, _ findings: inout Findings) {
    guard case .group(_)? = file.role, let root = file.root, let entry = root.entry("tag"),
      !entry.value.isNull
    else { return }
    findings.add(
      Self.finding(
        "a `tag` on a group has no effect", at: entry.key.span,
        help: "remove it; a group is a member of another when it is named there",
        fix: Fix.removal(of: entry, from: root, in: file.source)))
  }
}
