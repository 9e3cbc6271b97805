import Diagnostics
import TaskDSL
import YAML

/// A tag with the name of a task or group.
struct TagLikeName: Rule {
  static let code: Diagnostic.Code = "tag-like-name"
  static let family = Family.names
  static let severity = Diagnostic.Severity.warning

  static let about = """
    Names of tasks, groups and tags are one set. A tag that has the name of a task or group adds nothing to it, and asking
    for the name gives the task or group alone.

    ```yaml arith.yaml
    task: arith
    ```
    ```yaml
    task: demo
    tag: [arith]
    ```
    ```diagnostics
    warning[tag-like-name]: the tag `arith` has the name of a task, so that it adds nothing
     --> example.yaml:2:7
      |
    2 | tag: [arith]
      |       ^^^^^
     ::: arith.yaml:1:7
      |
    1 | task: arith
      |       ----- this task
      = help: give the tag another name
    ```
    """

  func check(_ tree: TreeContext, _ findings: inout Findings) {
    for file in tree.files {
      for tag in file.value("tag")?.oneOrMore ?? [] {
        guard let name = tag.plainText, let entry = tree.index.entries[name.text], entry.kind != .tag else {
          continue
        }
        findings.add(
          Self.finding(
            "the tag `\(name.text)` has the name of a \(entry.kind.rawValue), so that it adds nothing",
            at: name.span,
            labels: (entry.node?["task"] ?? entry.node?["group"]).map {
              [Diagnostic.Label("this \(entry.kind.rawValue)", at: $0.span)]
            } ?? [], help: "give the tag another name"))
      }
    }
  }
}
