import Diagnostics

/// A comment that ignores something without saying what would hide mistakes that are made later.
struct BlanketSuppression: Rule {
  static let code: Diagnostic.Code = "blanket-suppression"
  static let family = Family.suppressions
  static let severity = Diagnostic.Severity.warning

  static let about = """
    A comment that does not say what it ignores has no effect, because it would also hide mistakes made later.

    ```yaml
    task: demo # assay: ignore
    ```
    ```diagnostics
    warning[blanket-suppression]: this comment does not say what it ignores
     --> example.yaml:1:12
      |
    1 | task: demo # assay: ignore
      |            ^^^^^^^^^^^^^^^
      = help: name the codes in brackets: `# assay: ignore[code] reason`
    ```

    ```yaml
    task: Demo # assay: ignore[capitals-in-task-name] published under this name
    ```
    """

  static func finding(for suppression: Suppression) -> Diagnostic {
    finding(
      "this comment does not say what it ignores", at: suppression.span,
      help: "name the codes in brackets: `# assay: ignore[code] reason`")
  }
}
