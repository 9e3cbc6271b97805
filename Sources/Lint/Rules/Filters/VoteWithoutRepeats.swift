import Diagnostics
import YAML

/// A vote on one answer.
struct VoteWithoutRepeats: Rule {
  static let code: Diagnostic.Code = "vote-without-repeats"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.warning

  static let about = """
    `majority_vote` chooses among the answers to one request; without `repeats` there is one.

    ```yaml
    task: demo
    filter_list:
      - name: vote
        filter:
          - function: majority_vote
          - function: take_first
    ```
    ```diagnostics
    warning[vote-without-repeats]: there is one answer to vote on
     --> example.yaml:5:19
      |
    5 |       - function: majority_vote
      |                   ^^^^^^^^^^^^^
      = help: add `repeats`, and sample, or remove the step
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task.repeats == 1 else { return }
    for (_, steps) in task.pipelines {
      for step in steps {
        guard let name = step["function"]?.plainText, name.text == "majority_vote" else { continue }
        findings.add(
          Self.finding(
            "there is one answer to vote on", at: name.span,
            help: "add `repeats`, and sample, or remove the step"))
      }
    }
  }
}
