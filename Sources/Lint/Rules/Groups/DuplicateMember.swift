import Diagnostics
import YAML

/// A member that a group lists twice.
struct DuplicateMember: Rule {
  static let code: Diagnostic.Code = "duplicate-member"
  static let family = Family.groups
  static let severity = Diagnostic.Severity.warning

  static let about = """
    A member that is listed twice counts twice in the group's mean.

    ```yaml a.yaml
    task: a
    ```
    ```yaml
    group: all
    task: [a, a]
    ```
    ```diagnostics
    warning[duplicate-member]: `a` is listed twice and counts twice
     --> example.yaml:2:11
      |
    2 | task: [a, a]
      |           ^
     ::: example.yaml:2:8
      |
    2 | task: [a, a]
      |        - the first time
      = help: remove one of them
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    guard file.value("group") != nil else { return }
    var seen: [String: SourceSpan] = [:]
    for item in file.value("task")?.items ?? [] {
      guard let name = item.plainText ?? item["group"]?.plainText ?? item["task"]?.plainText else { continue }
      if let first = seen[name.text] {
        findings.add(
          Self.finding(
            "`\(name.text)` is listed twice and counts twice", at: name.span,
            labels: [Diagnostic.Label("the first time", at: first)], help: "remove one of them"))
      } else {
        seen[name.text] = name.span
      }
    }
  }
}
