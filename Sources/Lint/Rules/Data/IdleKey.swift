import Diagnostics
import YAML

/// A key that nobody reads.
struct IdleKey: Rule {
  static let code: Diagnostic.Code = "idle-key"
  static let family = Family.data
  static let severity = Diagnostic.Severity.note

  static let about = """
    Keys about decontamination are read and never used, by Assay and by the harness.

    ```yaml
    task: demo
    should_decontaminate: true
    doc_to_text: "{{question}}"
    ```
    ```diagnostics
    note[idle-key]: `should_decontaminate` has no effect
     --> example.yaml:2:1
      |
    2 | should_decontaminate: true
      | ^^^^^^^^^^^^^^^^^^^^
      = help: remove it
      = fix: remove `should_decontaminate`
    ```
    ```yaml fixed
    task: demo
    doc_to_text: "{{question}}"
    ```
    """

  private static let idle = ["should_decontaminate", "doc_to_decontamination_query"]

  func check(_ file: FileContext, _ findings: inout Findings) {
    for key in Self.idle {
      guard let entry = file.root?.entry(key), let root = file.root else { continue }
      findings.add(
        Self.finding(
          "`\(key)` has no effect", at: entry.key.span, help: "remove it",
          fix: Fix.removal(of: entry, from: root, in: file.source)))
    }
  }
}
