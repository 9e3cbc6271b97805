import Diagnostics
import YAML

/// A member written out in a group with an `include`.
struct InlineInclude: Rule {
  static let code: Diagnostic.Code = "inline-include"
  static let family = Family.groups
  static let severity = Diagnostic.Severity.warning

  static let about = """
    The harness does not read the `include` of a task that is written out inside a group; the key reaches the task, which
    cannot be made. Assay reads it.

    ```yaml base
    output_type: generate_until
    ```
    ```yaml
    group: both
    task:
      - task: first
        include: base
        dataset_path: json
    ```
    ```diagnostics
    warning[inline-include]: the harness does not read an `include` inside a group, and the group cannot be loaded there
     --> example.yaml:4:5
      |
    4 |     include: base
      |     ^^^^^^^
      = help: put the task into a file of its own and name it here
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    guard file.value("group") != nil else { return }
    for item in file.value("task")?.items ?? [] {
      guard let entry = item.entry("include") else { continue }
      findings.add(
        Self.finding(
          "the harness does not read an `include` inside a group, and the group cannot be loaded there",
          at: entry.key.span, help: "put the task into a file of its own and name it here"))
    }
  }
}
