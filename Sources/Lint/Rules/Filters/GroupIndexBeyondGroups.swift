import Diagnostics
import Patterns
import Values
import YAML

/// `group_select` as if it were the number of a group.
struct GroupIndexBeyondGroups: Rule {
  static let code: Diagnostic.Code = "group-index-beyond-groups"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.warning

  static let about = """
    `group_select` says which match of the whole pattern is kept, 0 the first and -1 the last; of a match with several
    groups the first that is not empty is kept. The number of a group it is not.

    ```yaml
    task: demo
    filter_list:
      - name: number
        filter:
          - function: regex
            regex_pattern: "^The (answer|result) is ([0-9]+)$"
            group_select: 2
          - function: take_first
    ```
    ```diagnostics
    warning[group-index-beyond-groups]: match 2 is kept, but a pattern that begins with `^` matches once
     --> example.yaml:7:23
      |
    7 |         group_select: 2
      |                       ^
     ::: example.yaml:6:24
      |
    6 |         regex_pattern: "^The (answer|result) is ([0-9]+)$"
      |                        ----------------------------------- the pattern
      = help: write `(?:…)` for groups that are not wanted, and 0 for the first match or -1 for the last
    ```

    ```yaml
    task: demo
    filter_list:
      - name: number
        filter:
          - function: regex
            regex_pattern: "^The (?:answer|result) is ([0-9]+)$"
          - function: take_first
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    file.forEachPattern { pattern, step in
      guard let node = step["group_select"], case .int(let index)? = node.scalar?.value,
        index > 0 || index < -1
      else { return }
      let groups = pattern.compiled.groupCount
      let isAnchored = pattern.text.text.hasPrefix("^") && !pattern.text.text.hasPrefix("(?m")
      let message =
        isAnchored
        ? "match \(index) is kept, but a pattern that begins with `^` matches once"
        : "match \(index) is kept, counted from 0, not group \(index) of \(groups)"
      findings.add(
        Self.finding(
          message, at: node.span, labels: [Diagnostic.Label("the pattern", at: pattern.text.span)],
          help: "write `(?:…)` for groups that are not wanted, and 0 for the first match or -1 for the last"))
    }
  }
}
