import Diagnostics
import Metrics
import TaskDSL
import YAML

/// A row with a choice without text.
struct EmptyChoiceInRow: Rule {
  static let code: Diagnostic.Code = "empty-choice-in-row"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = """
    The likelihood of an empty text is 1, so that an empty choice always wins; `acc_norm` divides by its length, which is 0.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "options": ["2", ""], "label": 0}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    output_type: multiple_choice
    doc_to_text: "{{question}}"
    doc_to_choice: options
    doc_to_target: label
    ```
    ```diagnostics
    error[empty-choice-in-row]: row 0 has an empty choice
     --> example.yaml:7:16
      |
    7 | doc_to_choice: options
      |                ^^^^^^^
      = help: repair the row, or leave it out
    ```
    """

  func check(_ rows: RowsContext, _ findings: inout Findings) {
    guard let plan = rows.plan, plan.outputType == .multipleChoice, let place = rows.task["doc_to_choice"],
      rows.task.writtenChoices == nil,
      let hit = plan.documents.first(where: { $0.choices?.contains("") ?? false })
    else { return }
    findings.add(
      Self.finding(
        "row \(hit.id) has an empty choice", at: place.span, help: "repair the row, or leave it out"))
  }
}
