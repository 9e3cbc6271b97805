import Diagnostics
import Values
import YAML

/// A version is compared as a number.
struct VersionNotNumber: Rule {
  static let code: Diagnostic.Code = "version-not-number"
  static let family = Family.names
  static let severity = Diagnostic.Severity.note

  static let about = """
    A version is a number; tables and tools that compare versions expect one.

    ```yaml
    task: demo
    metadata:
      version: first
    ```
    ```diagnostics
    note[version-not-number]: the version is text, not a number
     --> example.yaml:3:12
      |
    3 |   version: first
      |            ^^^^^
      = help: write `version: 1.0`
    ```

    ```yaml
    task: demo
    metadata:
      version: 2
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    guard let version = file.value("metadata")?["version"] else { return }
    switch version.scalar?.value {
    case .int, .double: return
    // Three parts cannot be a number.
    case .string(let text)
    where text.count(where: { $0 == "." }) > 1 && text.allSatisfy({ $0.isNumber || $0 == "." }): return
    default: break
    }
    findings.add(
      Self.finding(
        "the version is \(version.kind), not a number", at: version.span, help: "write `version: 1.0`"))
  }
}
