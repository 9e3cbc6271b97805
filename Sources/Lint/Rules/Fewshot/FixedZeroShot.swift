import Diagnostics
import Values
import YAML

/// `num_fewshot: 0`, which no command can change.
struct FixedZeroShot: Rule {
  static let code: Diagnostic.Code = "fixed-zero-shot"
  static let family = Family.fewshot
  static let severity = Diagnostic.Severity.note
  static let presets: Set<Preset> = []

  static let about = """
    `num_fewshot: 0` in a file means that there are never examples: --num_fewshot is passed over. Without the key there
    are none by default, and a command may ask for some.

    ```yaml
    task: demo
    num_fewshot: 0
    ```
    ```diagnostics
    note[fixed-zero-shot]: with `num_fewshot: 0`, --num_fewshot has no effect
     --> example.yaml:2:14
      |
    2 | num_fewshot: 0
      |              ^
      = help: leave the key out if shots may be asked for
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    guard let node = file.value("num_fewshot"), node.value == 0 else { return }
    findings.add(
      Self.finding(
        "with `num_fewshot: 0`, --num_fewshot has no effect", at: node.span,
        help: "leave the key out if shots may be asked for"))
  }
}
