import Diagnostics
import YAML

/// A task that runs what models write.
struct UnsafeCode: Rule {
  static let code: Diagnostic.Code = "unsafe-code"
  static let family = Family.safety
  static let severity = Diagnostic.Severity.note

  static let about = """
    `unsafe_code: true` says that programs are run which a model has written. Run such a task only where they can do no
    harm, in a container without network.

    ```yaml
    task: demo
    unsafe_code: true
    ```
    ```diagnostics
    note[unsafe-code]: this task runs programs that a model has written
     --> example.yaml:2:14
      |
    2 | unsafe_code: true
      |              ^^^^
      = help: run it where programs can do no harm: in a container without network
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    guard let node = file.value("unsafe_code"), node.isTrue else { return }
    findings.add(
      Self.finding(
        "this task runs programs that a model has written", at: node.span,
        help: "run it where programs can do no harm: in a container without network"))
  }
}
