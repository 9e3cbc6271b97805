import Diagnostics
import YAML

/// An empty stop string.
struct EmptyStop: Rule {
  static let code: Diagnostic.Code = "empty-stop"
  static let family = Family.generation
  static let severity = Diagnostic.Severity.error

  static let about = #"""
    An empty text is found at once in every answer, so that every answer is empty; servers refuse it.

    ```yaml
    task: demo
    generation_kwargs:
      until: ["\n", ""]
    ```
    ```diagnostics
    error[empty-stop]: an empty stop string ends every answer at once
     --> example.yaml:3:17
      |
    3 |   until: ["\n", ""]
      |                 ^^
      = help: remove it
    ```
    """#

  func check(_ file: FileContext, _ findings: inout Findings) {
    for node in file.values("generation_kwargs").flatMap({ $0.last("until")?.oneOrMore ?? [] }) {
      guard let text = node.plainText, text.text.isEmpty else { continue }
      findings.add(
        Self.finding("an empty stop string ends every answer at once", at: text.span, help: "remove it"))
    }
  }
}
