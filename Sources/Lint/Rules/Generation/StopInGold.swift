import Diagnostics
import Metrics
import TaskDSL
import YAML

/// A stop string that occurs in a right answer.
struct StopInGold: Rule {
  static let code: Diagnostic.Code = "stop-in-gold"
  static let family = Family.generation
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = #"""
    A model that gives the right answer is cut off in the middle of it.

    ```jsonl rows.jsonl
    {"question": "Name two.", "answer": "red\nblue"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: answer
    generation_kwargs:
      until: ["\n"]
    ```
    ```diagnostics
    error[stop-in-gold]: this stop string is in the right answer of row 0
     --> example.yaml:8:11
      |
    8 |   until: ["\n"]
      |           ^^^^
     ::: example.yaml:6:16
      |
    6 | doc_to_target: answer
      |                ------ the right answers
      = help: choose one that no right answer has
    ```
    """#

  func check(_ rows: RowsContext, _ findings: inout Findings) {
    guard let plan = rows.plan, plan.outputType == .generateUntil, plan.results == nil else { return }
    for (stop, _) in rows.task.stops where !stop.text.isEmpty {
      let hit = plan.documents.first { document in
        document.answers.contains { $0.trimmingWhitespace.contains(stop.text) }
      }
      guard let hit else { continue }
      let label =
        rows.task["doc_to_target"].map { [Diagnostic.Label("the right answers", at: $0.span)] } ?? []
      findings.add(
        Self.finding(
          "this stop string is in the right answer of row \(hit.id)", at: stop.span, labels: label,
          help: "choose one that no right answer has"))
    }
  }
}
