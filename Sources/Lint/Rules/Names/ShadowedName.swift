import Diagnostics
import TaskDSL
import YAML

/// A task that takes the name of another in a folder searched before.
struct ShadowedName: Rule {
  static let code: Diagnostic.Code = "shadowed-name"
  static let family = Family.names
  static let severity = Diagnostic.Severity.warning

  static let about = """
    A task, group or tag of a later folder takes the name of one in an earlier folder, such as the library's. Whoever asks
    for that name gets another task than the one the name is known for.

    ```yaml library/demo.yaml
    task: demo
    ```
    ```yaml
    task: demo
    ```
    ```diagnostics
    warning[shadowed-name]: `demo` takes the name of a task in library/demo.yaml
     --> example.yaml:1:7
      |
    1 | task: demo
      |       ^^^^
      = help: give it a name of its own
    ```
    """

  func check(_ tree: TreeContext, _ findings: inout Findings) {
    for (name, earlier) in tree.index.shadowed {
      guard let now = tree.index.entries[name], let place = now.node?["task"] ?? now.node?["group"] else {
        continue
      }
      findings.add(
        Self.finding(
          "`\(name)` takes the name of a \(earlier.kind.rawValue) in \(earlier.file)", at: place.span,
          help: "give it a name of its own"))
    }
  }
}
