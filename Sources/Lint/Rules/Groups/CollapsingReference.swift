import Diagnostics
import TaskDSL
import YAML

/// A group or tag named under `task` with settings.
struct CollapsingReference: Rule {
  static let code: Diagnostic.Code = "collapsing-reference"
  static let family = Family.groups
  static let severity = Diagnostic.Severity.warning

  static let about = """
    With settings beside it, the harness hands `task: NAME` of a group or tag down to every task in it: all get that one
    name, and one single task is left, without a word. `group: NAME` does what is meant. Assay understands both.

    ```yaml a.yaml
    task: a
    tag: letters
    ```
    ```yaml
    group: all
    task:
      - task: letters
        num_fewshot: 5
    ```
    ```diagnostics
    warning[collapsing-reference]: the harness makes one task of the tag `letters`, because settings stand beside `task`
     --> example.yaml:3:11
      |
    3 |   - task: letters
      |           ^^^^^^^
      = help: write `group: letters` in place of `task: letters`
    ```
    """

  func check(_ group: GroupContext, _ findings: inout Findings) {
    for item in group.node["task"]?.items ?? [] {
      guard let entries = item.entries, entries.count > 1, let name = item["task"]?.plainText,
        let known = group.index.entries[name.text], known.kind == .group || known.kind == .tag
      else { continue }
      findings.add(
        Self.finding(
          "the harness makes one task of the \(known.kind.rawValue) `\(name.text)`, because settings stand beside `task`",
          at: name.span, help: "write `group: \(name.text)` in place of `task: \(name.text)`"))
    }
  }
}
