import Diagnostics
import Metrics
import Values
import YAML

/// The same request several times, with the same answer.
struct RepeatsWithoutSampling: Rule {
  static let code: Diagnostic.Code = "repeats-without-sampling"
  static let family = Family.generation
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    Without sampling a model gives the same answer each time, so that repeats cost much and tell nothing.

    ```yaml
    task: demo
    repeats: 8
    generation_kwargs:
      do_sample: false
      until: ["\n"]
    ```
    ```diagnostics
    warning[repeats-without-sampling]: nothing is sampled, so that all 8 answers are the same
     --> example.yaml:2:10
      |
    2 | repeats: 8
      |          ^
      = help: write `do_sample: true` and a temperature above 0, or remove `repeats`
    ```

    ```yaml
    task: demo
    repeats: 8
    generation_kwargs:
      do_sample: true
      temperature: 0.8
      until: ["\n"]
    filter_list:
      - name: vote
        filter: [{function: majority_vote}, {function: take_first}]
    ```
    """#

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task.repeats > 1, let repeats = task["repeats"] else { return }
    if task.outputType != .generateUntil {
      findings.add(
        Self.finding(
          "the likelihood of a text is the same each time, so that `repeats` tells nothing", at: repeats.span,
          help: "remove it"))
      return
    }
    let options = task["generation_kwargs"]
    let temperature = options?["temperature"]?.scalar?.value.asDouble
    let isSampled = options?["do_sample"]?.isTrue ?? ((temperature ?? 0) > 0)
    guard !isSampled || temperature == 0 else { return }
    findings.add(
      Self.finding(
        "nothing is sampled, so that all \(task.repeats) answers are the same", at: repeats.span,
        help: "write `do_sample: true` and a temperature above 0, or remove `repeats`"))
  }
}
