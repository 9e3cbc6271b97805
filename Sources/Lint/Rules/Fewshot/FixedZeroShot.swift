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
    training_split: train
    test_split: test
    num_fewshot: 0
    ```
    ```diagnostics
    note[fixed-zero-shot]: with `num_fewshot: 0`, --num_fewshot has no effect
     --> example.yaml:4:14
      |
    4 | num_fewshot: 0
      |              ^
      = help: leave the key out if shots may be asked for
    ```

    Where examples could only be rows that are evaluated, none is the right number.

    ```yaml
    task: demo
    test_split: test
    num_fewshot: 0
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard let node = task["num_fewshot"], node.value == 0 else { return }
    let pool =
      task.fewshot("split") ?? task["fewshot_split"] ?? task["training_split"] ?? task["validation_split"]
    let isElsewhere = pool?.plainText.map { $0.text != task.evaluated?.plainText?.text } ?? false
    guard isElsewhere || task.fewshot("samples") != nil else { return }
    findings.add(
      Self.finding(
        "with `num_fewshot: 0`, --num_fewshot has no effect", at: node.span,
        help: "leave the key out if shots may be asked for"))
  }
}
