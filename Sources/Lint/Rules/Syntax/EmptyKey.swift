import Diagnostics
import Values
import YAML

/// A key with nothing behind it.
struct EmptyKey: Rule {
  static let code: Diagnostic.Code = "empty-key"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.note

  static let about = """
    A key without a value counts as null, as if it were not there. If that is meant, `null` says so; if an empty text is
    meant, `""` does.

    ```yaml
    task: demo
    doc_to_text:
    doc_to_target: "{{answer}}"
    ```
    ```diagnostics
    note[empty-key]: `doc_to_text` has no value, which counts as null
     --> example.yaml:2:1
      |
    2 | doc_to_text:
      | ^^^^^^^^^^^
      = help: write a value, or `null` if none is meant
    ```

    ```yaml
    task: demo
    doc_to_text: ""
    dataset_name: null
    doc_to_target: "{{answer}}"
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    for entry in file.root?.entries ?? [] {
      guard let scalar = entry.value.scalar, scalar.value.isNull, scalar.text.text.isEmpty,
        entry.value.tag == nil
      else { continue }
      findings.add(
        Self.finding(
          "`\(entry.key.value)` has no value, which counts as null", at: entry.key.span,
          help: "write a value, or `null` if none is meant"))
    }
  }
}
