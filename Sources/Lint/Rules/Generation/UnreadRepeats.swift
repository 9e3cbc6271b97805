import Diagnostics
import Metrics
import YAML

/// Several answers, of which only the first is scored.
struct UnreadRepeats: Rule {
  static let code: Diagnostic.Code = "unread-repeats"
  static let family = Family.generation
  static let severity = Diagnostic.Severity.warning

  static let about = """
    Each request is sent several times, and every pipeline takes the first answer only; the others are thrown away.

    ```yaml
    task: demo
    repeats: 8
    generation_kwargs:
      do_sample: true
      temperature: 0.8
    ```
    ```diagnostics
    warning[unread-repeats]: 8 answers are asked for, and only the first is scored
     --> example.yaml:2:10
      |
    2 | repeats: 8
      |          ^
      = help: add a pipeline with `majority_vote` or `take_first_k`, or remove `repeats`
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task.repeats > 1, let repeats = task["repeats"], task.outputType == .generateUntil else { return }
    let readers: Set = ["majority_vote", "take_first_k", "custom"]
    for (_, steps) in task.pipelines {
      let names = steps.map { $0["function"] }
      if names.contains(where: { $0?.tag != nil || readers.contains($0?.plainText?.text ?? "") }) { return }
      if !names.contains(where: { $0?.plainText?.text == "take_first" }) { return }
    }
    findings.add(
      Self.finding(
        "\(task.repeats) answers are asked for, and only the first is scored", at: repeats.span,
        help: "add a pipeline with `majority_vote` or `take_first_k`, or remove `repeats`"))
  }
}
