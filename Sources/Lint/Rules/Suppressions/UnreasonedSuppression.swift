import Diagnostics

/// A comment that ignores something without a reason.
struct UnreasonedSuppression: Rule {
  static let code: Diagnostic.Code = "unreasoned-suppression"
  static let family = Family.suppressions
  static let severity = Diagnostic.Severity.note
  static let presets: Set<Preset> = []

  static let about = """
    A comment that ignores a finding should say why, so that the next reader can tell whether it still holds.

    ```yaml
    task: Demo # assay: ignore[capitals-in-task-name]
    ```
    ```diagnostics
    note[unreasoned-suppression]: this comment gives no reason
     --> example.yaml:1:12
      |
    1 | task: Demo # assay: ignore[capitals-in-task-name]
      |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      = help: write the reason behind the bracket
    ```

    ```yaml
    task: Demo # assay: ignore[capitals-in-task-name] published under this name
    ```
    """

  static func finding(for suppression: Suppression) -> Diagnostic {
    finding(
      "this comment gives no reason", at: suppression.span, help: "write the reason behind the bracket")
  }
}
