import Diagnostics
import TaskDSL
import Values
import YAML

/// The same right answer in all rows that were looked at.
struct SameTargetInAllRows: Rule {
  static let code: Diagnostic.Code = "same-target-in-all-rows"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.warning
  static let tier = Tier.data

  static let about = """
    All rows that were looked at have the same right answer, so that a model that always says it is always right. Rows that
    are sorted by their labels look so too; --data looks at the first of them.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "options": ["2", "3"], "label": 0}
    {"question": "2 + 2", "options": ["4", "3"], "label": 0}
    {"question": "3 + 3", "options": ["6", "3"], "label": 0}
    {"question": "4 + 4", "options": ["8", "3"], "label": 0}
    {"question": "5 + 5", "options": ["10", "3"], "label": 0}
    {"question": "6 + 6", "options": ["12", "3"], "label": 0}
    {"question": "7 + 7", "options": ["14", "3"], "label": 0}
    {"question": "8 + 8", "options": ["16", "3"], "label": 0}
    {"question": "9 + 9", "options": ["18", "3"], "label": 0}
    {"question": "10 + 1", "options": ["11", "3"], "label": 0}
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
    warning[same-target-in-all-rows]: all of the first 10 rows have the right answer `0`
     --> example.yaml:8:16
      |
    8 | doc_to_target: label
      |                ^^^^^
      = help: see whether the column is the right one, and whether the rows are sorted by it
    ```
    """

  private static let fewest = 10

  func check(_ rows: RowsContext, _ findings: inout Findings) {
    guard let plan = rows.plan, plan.documents.count >= Self.fewest, let first = plan.documents.first?.target,
      let place = rows.task["doc_to_target"], rows.task.int("doc_to_target") == nil, !plan.hasManyTargets
    else { return }
    guard plan.documents.allSatisfy({ $0.target == first }) else { return }
    findings.add(
      Self.finding(
        "all of the first \(plan.documents.count) rows have the right answer `\(first.text)`", at: place.span,
        help: "see whether the column is the right one, and whether the rows are sorted by it"))
  }
}
