import Diagnostics
import Values
import YAML

/// A negative number of examples.
struct NegativeShots: Rule {
  static let code: Diagnostic.Code = "negative-shots"
  static let family = Family.fewshot
  static let severity = Diagnostic.Severity.error
  static let supersedes: Set<String> = ["out-of-range"]

  static let about = """
    The number of examples is 0 or more.

    ```yaml
    task: demo
    num_fewshot: -1
    ```
    ```diagnostics
    error[negative-shots]: -1 examples cannot be given
     --> example.yaml:2:14
      |
    2 | num_fewshot: -1
      |              ^^
      = help: write 0 or more
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    for node in file.values("num_fewshot") {
      guard case .int(let number)? = node.scalar?.value, number < 0 else { continue }
      findings.add(Self.finding("\(number) examples cannot be given", at: node.span, help: "write 0 or more"))
    }
  }
}
