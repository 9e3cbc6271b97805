import Diagnostics
import YAML

/// Examples from the split that is evaluated.
struct FewshotFromEvaluationSplit: Rule {
  static let code: Diagnostic.Code = "fewshot-from-evaluation-split"
  static let family = Family.fewshot
  static let severity = Diagnostic.Severity.warning

  static let about = """
    The examples come from the split that is evaluated, so that a row's right answer may stand in its own prompt, or in
    that of its neighbour.

    ```yaml
    task: demo
    test_split: test
    num_fewshot: 5
    ```
    ```diagnostics
    warning[fewshot-from-evaluation-split]: nothing says where examples come from, so that they are rows that are evaluated
     --> example.yaml:3:14
      |
    3 | num_fewshot: 5
      |              ^
      = help: name another split in `fewshot_split`
    ```

    ```yaml
    task: demo
    test_split: test
    fewshot_split: train
    num_fewshot: 5
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    checkUnasked(task, &findings)
    guard task.shots > 0, let shots = task["num_fewshot"], task.fewshot("samples") == nil,
      let evaluated = task.evaluated?.plainText
    else { return }
    let pool =
      task.fewshot("split") ?? task["fewshot_split"] ?? task["training_split"] ?? task["validation_split"]
    guard let pool else {
      findings.add(
        Self.finding(
          "nothing says where examples come from, so that they are rows that are evaluated", at: shots.span,
          help: "name another split in `fewshot_split`"))
      return
    }
    guard let name = pool.plainText, name.text == evaluated.text else { return }
    findings.add(
      Self.finding(
        "examples come from `\(name.text)`, the split that is evaluated", at: name.span,
        labels: name.span == evaluated.span ? [] : [Diagnostic.Label("evaluated", at: evaluated.span)],
        help: "name another split in `fewshot_split`"))
  }

  /// Without examples of its own, a task that names the split that is evaluated gives its rows to whoever asks for some.
  private func checkUnasked(_ task: TaskContext, _ findings: inout Findings) {
    guard task["num_fewshot"] == nil, task.fewshot("samples") == nil,
      let evaluated = task.evaluated?.plainText,
      let pool = (task.fewshot("split") ?? task["fewshot_split"])?.plainText, pool.text == evaluated.text
    else { return }
    findings.add(
      Diagnostic(
        Self.code, .note,
        "with --num_fewshot, examples come from `\(pool.text)`, the split that is evaluated",
        at: pool.span, help: "name another split in `fewshot_split`, or write `num_fewshot: 0`"))
  }
}
