import Diagnostics
import Exchange
import Metrics
import TaskDSL
import YAML

/// A task that asks a model for what it cannot do.
struct BackendLacksAbility: Rule {
  static let code: Diagnostic.Code = "backend-lacks-ability"
  static let family = Family.backend
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.backend

  static let about = """
    The model that `--model` names cannot be asked what the task asks: not every model gives the likelihood of a text, and
    none here sees images. A run would refuse the task.

    ```yaml
    task: demo
    dataset_path: owner/data
    test_split: test
    output_type: multiple_choice
    doc_to_text: "{{question}}"
    doc_to_choice: ["1", "2"]
    doc_to_target: label
    ```
    ```diagnostics
    error[backend-lacks-ability]: this needs loglikelihood requests, which `small` cannot answer
     --> example.yaml:4:14
      |
    4 | output_type: multiple_choice
      |              ^^^^^^^^^^^^^^^
      = help: choose another model, or leave the task out
    ```
    """

  func check(_ model: ModelContext, _ findings: inout Findings) {
    let type: RequestType =
      switch model.bound.outputType {
      case .generateUntil: .generateUntil
      case .loglikelihoodRolling: .loglikelihoodRolling
      case .multipleChoice, .loglikelihood: .loglikelihood
      }
    if !model.model.abilities.contains(.needed(for: type)) {
      findings.add(
        Self.finding(
          "this needs \(type.rawValue) requests, which `\(model.model.name)` cannot answer",
          at: model.task["output_type"]?.span ?? model.task.place,
          help: "choose another model, or leave the task out"))
    }
    for key in ["doc_to_image", "doc_to_audio"] where !model.model.abilities.contains(.media) {
      guard let node = model.task[key] else { continue }
      findings.add(
        Self.finding(
          "`\(model.model.name)` reads text only", at: node.span,
          help: "choose another model, or leave the task out"))
    }
  }
}
