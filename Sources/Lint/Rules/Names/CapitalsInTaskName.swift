import Diagnostics

/// Task names are typed on the command line, so they are best in lower case.
struct CapitalsInTaskName: Rule {
  static let code: Diagnostic.Code = "capitals-in-task-name"
  static let family = Family.names
  static let severity = Diagnostic.Severity.note
  static let presets: Set<Preset> = []

  static let about = """
    Task names are typed on the command line and become file names, so they are best in lower case.

    ```yaml
    task: GSM8K
    ```
    ```diagnostics
    note[capitals-in-task-name]: the name `GSM8K` has capitals
     --> example.yaml:1:7
      |
    1 | task: GSM8K
      |       ^^^^^
      = fix: replace with `gsm8k`
    ```
    ```yaml fixed
    task: gsm8k
    ```

    ```yaml
    task: gsm8k
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    for key in ["task", "group"] {
      guard let name = file.value(key)?.plainText, name.text != name.text.lowercased() else { continue }
      findings.add(
        Self.finding(
          "the name `\(name.text)` has capitals", at: name.span,
          fix: .replace(name.span, with: name.text.lowercased(), safety: .needsReview)))
    }
  }
}
