import Diagnostics
import Exchange
import Metrics
import TaskDSL
import YAML

/// More stop strings than the model's server takes.
struct TooManyStops: Rule {
  static let code: Diagnostic.Code = "too-many-stops"
  static let family = Family.backend
  static let severity = Diagnostic.Severity.warning
  static let tier = Tier.backend

  static let about = #"""
    The server that `--model` names takes only so many stop strings with a request. It goes on at the others, which costs time
    and tokens; the answer is cut at all of them when it has come.

    ```yaml
    task: demo
    dataset_path: owner/data
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: "{{answer}}"
    generation_kwargs:
      until: ["\n", "Q:", "Question:", "A:", "</s>"]
    ```
    ```diagnostics
    warning[too-many-stops]: there are 5 stop strings, and `small` takes 4
     --> example.yaml:7:42
      |
    7 |   until: ["\n", "Q:", "Question:", "A:", "</s>"]
      |                                          ^^^^^^
      = help: put the 4 that matter most first
    ```
    """#

  func check(_ model: ModelContext, _ findings: inout Findings) {
    guard model.bound.outputType == .generateUntil, let limit = model.model.stopLimit else { return }
    let stops = model.task.stops
    let count = model.bound.generation.until.count
    guard count > limit else { return }
    findings.add(
      Self.finding(
        "there are \(count) stop strings, and `\(model.model.name)` takes \(limit)",
        at: stops.indices.contains(limit) ? stops[limit].node.span : model.task.place,
        help: "put the \(limit) that matter most first"))
  }
}
