import Diagnostics
import Metrics
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
    ```
    ```diagnostics
    note[pool-is-evaluation-split]: with --num_fewshot, examples come from `test`, which is evaluated
     --> example.yaml:2:13
      |
    2 | test_split: test
      |             ^^^^
      = help: name another split in `fewshot_split`, or write `num_fewshot: 0`
    ```

    ```yaml
    task: demo
    test_split: test
    num_fewshot: 0
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task.outputType != .loglikelihoodRolling, task.shots == 0, task["num_fewshot"] == nil,
      task.fewshot("samples") == nil,
      let evaluated = task.evaluated?.plainText,
      // A split that is named for examples is another rule's.
      task.fewshot("split") == nil, task["fewshot_split"] == nil
    else { return }
    let pool = task["training_split"] ?? task["validation_split"]
    guard let name = pool?.plainText ?? Optional(evaluated), name.text == evaluated.text else { return }
    findings.add(
      Self.finding(
        "with --num_fewshot, examples come from `\(name.text)`, which is evaluated", at: name.span,
        help: "name another split in `fewshot_split`, or write `num_fewshot: 0`"))
  }
}
