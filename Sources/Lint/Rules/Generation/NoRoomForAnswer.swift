import Diagnostics
import Values
import YAML

/// An answer that may have no words.
struct NoRoomForAnswer: Rule {
  static let code: Diagnostic.Code = "no-room-for-answer"
  static let family = Family.generation
  static let severity = Diagnostic.Severity.error

  static let about = """
    A model that may write 0 tokens gives only empty answers.

    ```yaml
    task: demo
    generation_kwargs:
      max_gen_toks: 0
    ```
    ```diagnostics
    error[no-room-for-answer]: with `max_gen_toks: 0` every answer is empty
     --> example.yaml:3:17
      |
    3 |   max_gen_toks: 0
      |                 ^
      = help: write how many tokens the longest right answer needs
    ```
    """

  private static let keys = ["max_gen_toks", "max_new_tokens", "max_tokens", "max_completion_tokens"]

  func check(_ file: FileContext, _ findings: inout Findings) {
    for entry in file.values("generation_kwargs").flatMap({ $0.entries ?? [] })
    where Self.keys.contains(entry.key.value) {
      guard let number = entry.value.scalar?.value.asDouble, number < 1 else { continue }
      findings.add(
        Self.finding(
          "with `\(entry.key.value): \(entry.value.value.text)` every answer is empty", at: entry.value.span,
          help: "write how many tokens the longest right answer needs"))
    }
  }
}
