import Diagnostics

/// A comment that ignores what is not there any more.
struct UnusedSuppression: Rule {
  static let code: Diagnostic.Code = "unused-suppression"
  static let family = Family.suppressions
  static let severity = Diagnostic.Severity.warning

  static let about = """
    A comment ignores something that is not found there, most likely because it has been repaired since.

    ```yaml
    task: demo # assay: ignore[capitals-in-task-name] published under this name
    ```
    ```diagnostics
    warning[unused-suppression]: nothing is found here that `capitals-in-task-name` would ignore
     --> example.yaml:1:28
      |
    1 | task: demo # assay: ignore[capitals-in-task-name] published under this name
      |                            ^^^^^^^^^^^^^^^^^^^^^
      = help: remove the comment
      = fix: remove the comment
    ```
    ```yaml fixed
    task: demo
    ```

    A comment on a line of its own is for the entry below it, with all that belongs to it.

    ```yaml
    # assay: ignore[capitals-in-task-name] published under this name
    task: Demo
    ```
    """

  static func finding(for code: Located<String>, in suppression: Suppression) -> Diagnostic {
    let isOnly = suppression.codes.count == 1
    return finding(
      "nothing is found here that `\(code.value)` would ignore", at: code.span,
      help: isOnly ? "remove the comment" : "remove the code from the comment",
      fix: isOnly ? Fix("remove the comment", safety: .safe, Fix.Edit(suppression.comment, "")) : nil)
  }
}
