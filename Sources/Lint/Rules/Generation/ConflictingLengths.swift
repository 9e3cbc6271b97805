import Diagnostics
import Values
import YAML

/// Two settings that both say how long an answer may be.
struct ConflictingLengths: Rule {
  static let code: Diagnostic.Code = "conflicting-lengths"
  static let family = Family.generation
  static let severity = Diagnostic.Severity.warning

  static let about = """
    `max_gen_toks`, `max_new_tokens` and `max_tokens` say the same; of several one counts, and which one it is depends on
    the model.

    ```yaml
    task: demo
    generation_kwargs:
      max_gen_toks: 64
      max_new_tokens: 256
    ```
    ```diagnostics
    warning[conflicting-lengths]: `max_new_tokens` and `max_gen_toks` both say how long an answer may be
     --> example.yaml:4:3
      |
    4 |   max_new_tokens: 256
      |   ^^^^^^^^^^^^^^
     ::: example.yaml:3:3
      |
    3 |   max_gen_toks: 64
      |   ------------ the other one
      = help: keep `max_gen_toks` alone
    ```
    """

  private static let keys = ["max_gen_toks", "max_new_tokens", "max_tokens", "max_completion_tokens"]

  func check(_ file: FileContext, _ findings: inout Findings) {
    for options in file.values("generation_kwargs") {
      let entries = (options.entries ?? []).filter { Self.keys.contains($0.key.value) && !$0.value.isNull }
      guard let first = entries.first,
        let other = entries.dropFirst().first(where: { $0.value.value != first.value.value })
      else { continue }
      findings.add(
        Self.finding(
          "`\(other.key.value)` and `\(first.key.value)` both say how long an answer may be",
          at: other.key.span,
          labels: [Diagnostic.Label("the other one", at: first.key.span)], help: "keep `max_gen_toks` alone"))
    }
  }
}
