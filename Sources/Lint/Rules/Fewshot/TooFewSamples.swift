import Diagnostics
import YAML

/// Fewer written examples than are asked for.
struct TooFewSamples: Rule {
  static let code: Diagnostic.Code = "too-few-samples"
  static let family = Family.fewshot
  static let severity = Diagnostic.Severity.error

  static let about = """
    The examples are written out, and there are fewer than `num_fewshot` asks for.

    ```yaml
    task: demo
    num_fewshot: 3
    fewshot_config:
      samples:
        - {question: 1 + 1, answer: "2"}
    ```
    ```diagnostics
    error[too-few-samples]: 3 examples are asked for, but 1 written out
     --> example.yaml:2:14
      |
    2 | num_fewshot: 3
      |              ^
     ::: example.yaml:5:5
      |
    5 |     - {question: 1 + 1, answer: "2"}
      |     -------------------------------- the examples
      = help: write more, or ask for fewer
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard let samples = task.fewshot("samples")?.items, let shots = task["num_fewshot"],
      task.shots > samples.count
    else { return }
    findings.add(
      Self.finding(
        "\(task.shots) examples are asked for, but \(samples.count) written out", at: shots.span,
        labels: task.fewshot("samples").map { [Diagnostic.Label("the examples", at: $0.span)] } ?? [],
        help: "write more, or ask for fewer"))
  }
}
