import Diagnostics
import Patterns
import YAML

/// A key that gives access to something.
struct SecretInFile: Rule {
  static let code: Diagnostic.Code = "secret-in-file"
  static let family = Family.safety
  static let severity = Diagnostic.Severity.error

  static let about = """
    Whoever gets the file gets the key, and everybody who reads the history of the repository later. Revoke it, and hand a
    new one over in the environment: `HF_TOKEN`, `OPENAI_API_KEY`.

    ```yaml
    task: demo
    dataset_kwargs:
      token: hf_abcdefghijklmnopqrstuvwxyzABCDEFGH
    ```
    ```diagnostics
    error[secret-in-file]: a key that gives access to something stands in this file
     --> example.yaml:3:10
      |
    3 |   token: hf_abcdefghijklmnopqrstuvwxyzABCDEFGH
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      = help: revoke it, and hand a new one over in the environment
    ```
    """

  private static let key = Pattern(
    constant:
      #"\b(?:hf_[A-Za-z0-9]{30,}|sk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36,})\b"#
  )
  private static func isLikely(in text: String) -> Bool {
    text.holds("hf_") || text.holds("sk-") || text.holds("AKIA") || text.holds("gh")
  }

  func check(_ file: FileContext, _ findings: inout Findings) {
    let text = file.source.text
    guard Self.isLikely(in: text), let match = try? Self.key.firstMatch(in: text) else { return }
    let span = SourceSpan(
      source: file.source.id, start: UInt32(match.range.lowerBound), end: UInt32(match.range.upperBound))
    findings.add(
      Self.finding(
        "a key that gives access to something stands in this file", at: span,
        help: "revoke it, and hand a new one over in the environment"))
  }
}
