import Diagnostics
import YAML

/// A stop string that another one always precedes.
struct RedundantStop: Rule {
  static let code: Diagnostic.Code = "redundant-stop"
  static let family = Family.generation
  static let severity = Diagnostic.Severity.note
  static let presets: Set<Preset> = []

  static let about = #"""
    A stop string that contains another one never ends an answer: the shorter one is always found first.

    ```yaml
    task: demo
    generation_kwargs:
      until: ["\n", "\n\n"]
    ```
    ```diagnostics
    note[redundant-stop]: this stop string never counts, because a shorter one is found first
     --> example.yaml:3:17
      |
    3 |   until: ["\n", "\n\n"]
      |                 ^^^^^^
     ::: example.yaml:3:11
      |
    3 |   until: ["\n", "\n\n"]
      |           ---- the shorter one
      = help: remove it
    ```
    """#

  func check(_ file: FileContext, _ findings: inout Findings) {
    for options in file.values("generation_kwargs") { check(options, &findings) }
  }

  private func check(_ options: Node, _ findings: inout Findings) {
    let stops = (options.last("until")?.items ?? []).compactMap(\.plainText)
    for (index, longer) in stops.enumerated() {
      let shorter = stops.enumerated().first { other, stop in
        other != index && !stop.text.isEmpty && longer.text.utf8.count >= stop.text.utf8.count
          && (other < index || longer.text != stop.text) && longer.text.contains(stop.text)
      }
      guard let shorter = shorter?.element else { continue }
      findings.add(
        Self.finding(
          "this stop string never counts, because a shorter one is found first", at: longer.span,
          labels: [Diagnostic.Label("the shorter one", at: shorter.span)], help: "remove it"))
    }
  }
}
