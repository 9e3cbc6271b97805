import Diagnostics
import YAML

/// More stop strings than servers take.
struct ManyStops: Rule {
  static let code: Diagnostic.Code = "many-stops"
  static let family = Family.generation
  static let severity = Diagnostic.Severity.note

  static let about = #"""
    Chat servers take four stop strings. The harness sends the first four and drops the others without a word; Assay cuts
    answers at all of them.

    ```yaml
    task: demo
    generation_kwargs:
      until: ["\n", "Q:", "Question:", "A:", "</s>"]
    ```
    ```diagnostics
    note[many-stops]: there are 5 stop strings; servers take four
     --> example.yaml:3:42
      |
    3 |   until: ["\n", "Q:", "Question:", "A:", "</s>"]
      |                                          ^^^^^^
      = help: put the four that matter most first
    ```
    """#

  func check(_ file: FileContext, _ findings: inout Findings) {
    for options in file.values("generation_kwargs") {
      guard let stops = options.last("until")?.items, stops.count > 4 else { continue }
      findings.add(
        Self.finding(
          "there are \(stops.count) stop strings; servers take four", at: stops[4].span,
          help: "put the four that matter most first"))
    }
  }
}
