import Diagnostics
import Metrics
import TaskDSL
import YAML

/// A row without a right answer.
struct EmptyTarget: Rule {
  static let code: Diagnostic.Code = "empty-target"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = """
    Where the right answer is an empty text, an empty answer is right, and nothing else.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    {"question": "2 + 2", "answer": ""}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: answer
    ```
    ```diagnostics
    error[empty-target]: row 1 has no right answer
     --> example.yaml:6:16
      |
    6 | doc_to_target: answer
      |                ^^^^^^
      = help: see whether the column is the right one
    ```
    """

  func check(_ rows: RowsContext, _ findings: inout Findings) {
    guard let plan = rows.plan, plan.outputType == .generateUntil, plan.results == nil,
      let place = rows.task["doc_to_target"]
    else { return }
    let hit = plan.documents.first {
      $0.answers.isEmpty || $0.answers.allSatisfy { $0.trimmingWhitespace.isEmpty }
    }
    guard let hit else { return }
    findings.add(
      Self.finding(
        "row \(hit.id) has no right answer", at: place.span, help: "see whether the column is the right one"))
  }
}
