import Diagnostics

/// A comment that ignores a code which does not exist.
struct UnknownSuppression: Rule {
  static let code: Diagnostic.Code = "unknown-suppression"
  static let family = Family.suppressions
  static let severity = Diagnostic.Severity.warning

  static let about = """
    A comment names a code or family that does not exist, so that it ignores nothing.

    ```yaml
    task: Demo # assay: ignore[capital-in-task-name] published under this name
    ```
    ```diagnostics
    note[capitals-in-task-name]: the name `Demo` has capitals
     --> example.yaml:1:7
      |
    1 | task: Demo # assay: ignore[capital-in-task-name] published under this name
      |       ^^^^
      = fix: replace with `demo`

    warning[unknown-suppression]: no rule is named `capital-in-task-name`
     --> example.yaml:1:28
      |
    1 | task: Demo # assay: ignore[capital-in-task-name] published under this name
      |                            ^^^^^^^^^^^^^^^^^^^^
      = help: did you mean `capitals-in-task-name`?
      = fix: replace with `capitals-in-task-name`
    ```
    ```yaml fixed
    task: demo # assay: ignore[capitals-in-task-name] published under this name
    ```
    """

  static func finding(for code: Located<String>, _ registry: RuleRegistry) -> Diagnostic? {
    let names = registry.codes + Family.allCases.map(\.rawValue)
    if names.contains(code.value) { return nil }
    let near = names.nearest(to: code.value)
    return finding(
      "no rule is named `\(code.value)`", at: code.span,
      help: near.map { "did you mean `\($0)`?" } ?? "`assay rules` lists them",
      fix: near.map { .replace(code.span, with: $0) })
  }
}
