import Diagnostics
import Patterns
import YAML

/// A choice or stop string that YAML 1.1 reads as a date.
struct ReadAsDate: Rule {
  static let code: Diagnostic.Code = "read-as-date"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = #"""
    YAML 1.1 reads `2024-01-01` without quotes as a date. The harness stops at a choice or stop string that is no text.

    ```yaml
    task: demo
    doc_to_choice: [2024-01-01, "2024-02-01"]
    ```
    ```diagnostics
    error[read-as-date]: `2024-01-01` is a date to YAML 1.1, not a text
     --> example.yaml:2:17
      |
    2 | doc_to_choice: [2024-01-01, "2024-02-01"]
      |                 ^^^^^^^^^^
      = help: put it in quotes
      = fix: put it in quotes
    ```
    ```yaml fixed
    task: demo
    doc_to_choice: ["2024-01-01", "2024-02-01"]
    ```

    ```yaml
    task: demo
    doc_to_choice: ["2024-01-01", "2024-02-01"]
    ```
    """#

  private static let names = [
    "dataset_name", "dataset_path", "test_split", "validation_split", "task", "group",
  ]
  private static let date = Pattern(constant: #"^\d{4}-\d\d?-\d\d?(?:$|[Tt ])"#)

  func check(_ file: FileContext, _ findings: inout Findings) {
    let names = Self.names.flatMap { file.values($0) }
    for node in file.writtenTexts + names {
      guard node.tag == nil, let scalar = node.scalar, scalar.style == .plain,
        scalar.text.text.utf8.count >= 8,
        scalar.text.text.byte(at: 4) == UInt8(ascii: "-"),
        (try? Self.date.firstMatch(in: scalar.text.text)) != nil
      else { continue }
      let written = scalar.text.text
      findings.add(
        Self.finding(
          "`\(written)` is a date to YAML 1.1, not a text", at: node.span, help: "put it in quotes",
          fix: Fix("put it in quotes", safety: .needsReview, Fix.Edit(node.span, "\"\(written)\""))))
    }
  }
}
