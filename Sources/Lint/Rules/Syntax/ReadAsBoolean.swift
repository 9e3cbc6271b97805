import Diagnostics
import Values
import YAML

/// A choice or stop string that YAML 1.1 reads as a boolean.
struct ReadAsBoolean: Rule {
  static let code: Diagnostic.Code = "read-as-boolean"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error
  static let supersedes: Set<String> = ["wrong-type"]

  static let about = """
    YAML 1.1 reads `yes`, `no`, `on`, `off`, `true` and `false` without quotes as booleans. As a choice, `no` becomes
    the text `False`, which is then what the model is asked for.

    ```yaml
    task: demo
    doc_to_choice: [yes, no]
    ```
    ```diagnostics
    error[read-as-boolean]: `yes` is the boolean True to YAML 1.1, not a text
     --> example.yaml:2:17
      |
    2 | doc_to_choice: [yes, no]
      |                 ^^^
      = help: put it in quotes
      = fix: put it in quotes

    error[read-as-boolean]: `no` is the boolean False to YAML 1.1, not a text
     --> example.yaml:2:22
      |
    2 | doc_to_choice: [yes, no]
      |                      ^^
      = help: put it in quotes
      = fix: put it in quotes
    ```
    ```yaml fixed
    task: demo
    doc_to_choice: ["yes", "no"]
    ```

    ```yaml
    task: demo
    doc_to_choice: ["yes", "no"]
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    for node in file.writtenTexts {
      guard node.tag == nil, let scalar = node.scalar, case .bool(let value) = scalar.value else { continue }
      let written = scalar.text.text
      findings.add(
        Self.finding(
          "`\(written)` is the boolean \(value ? "True" : "False") to YAML 1.1, not a text", at: node.span,
          help: "put it in quotes",
          fix: Fix("put it in quotes", safety: .needsReview, Fix.Edit(node.span, "\"\(written)\""))))
    }
  }
}
