import Diagnostics
import Metrics
import TaskDSL
import YAML

/// A row with two choices that are the same.
struct DuplicateChoicesInRow: Rule {
  static let code: Diagnostic.Code = "duplicate-choices-in-row"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = """
    Of two equal choices the first is taken; where the second is the right one the row is never right.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "options": ["2", "2"], "label": 1}
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
    error[duplicate-choices-in-row]: row 0 has the choice `2` twice
     --> example.yaml:7:16
      |
    7 | doc_to_choice: options
      |                ^^^^^^^
      = help: repair the row, or leave it out
    ```
    """

  func check(_ rows: RowsContext, _ findings: inout Findings) {
    guard let plan = rows.plan, plan.outputType == .multipleChoice, !plan.hasManyInputs,
      let place = rows.task["doc_to_choice"],
      rows.task.writtenChoices == nil
    else { return }
    let hit = plan.documents.first { Set($0.choices ?? []).count < ($0.choices ?? []).count }
    guard let hit, let choices = hit.choices else { return }
    let double = choices.first { choice in choices.count { $0 == choice } > 1 } ?? ""
    findings.add(
      Self.finding(
        "row \(hit.id) has the choice `\(double)` twice", at: place.span,
        help: "repair the row, or leave it out"))
  }
}
