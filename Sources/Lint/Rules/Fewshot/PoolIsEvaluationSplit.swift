import Diagnostics
import YAML

/// A pool of examples that is the split that is evaluated, for whoever asks for shots.
struct PoolIsEvaluationSplit: Rule {
  static let code: Diagnostic.Code = "pool-is-evaluation-split"
  static let family = Family.fewshot
  static let severity = Diagnostic.Severity.note
  static let presets: Set<Preset> = []

  static let about = """
    Without another split, whoever asks for examples with --num_fewshot gets rows that are evaluated.

    ```yaml
    task: demo
    test_split: test
    fewshot_split: test
    ```
    ```diagnostics
    note[pool-is-evaluation-split]: with --num_fewshot, examples come from `test`, which is evaluated
     --> example.yaml:3:16
      |
    3 | fewshot_split: test
      |                ^^^^
      = help: name another split in `fewshot_split`, or write `num_fewshot: 0`
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task.shots == 0, task["num_fewshot"] == nil, task.fewshot("samples") == nil,
      let evaluated = task.evaluated?.plainText
    else { return }
    let pool =
      task.fewshot("split") ?? task["fewshot_split"] ?? task["training_split"] ?? task["validation_split"]
    guard let name = pool?.plainText ?? Optional(evaluated), name.text == evaluated.text else { return }
    findings.add(
      Self.finding(
        "with --num_fewshot, examples come from `\(name.text)`, which is evaluated", at: name.span,
        help: "name another split in `fewshot_split`, or write `num_fewshot: 0`"))
  }
}
