import Datasets
import Diagnostics
import Values
import YAML

/// Rows that are there more than once.
struct RepeatedRows: Rule {
  static let code: Diagnostic.Code = "repeated-rows"
  static let family = Family.data
  static let severity = Diagnostic.Severity.note
  static let tier = Tier.data

  static let about = """
    A row that is there twice counts twice.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    {"question": "1 + 1", "answer": "2"}
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
    note[repeated-rows]: 1 of 2 rows is there before
     --> example.yaml:4:13
      |
    4 | test_split: test
      |             ^^^^
      = help: remove the copies
    ```
    """

  func check(_ rows: RowsContext, _ findings: inout Findings) {
    guard let split = rows.task.evaluated else { return }
    let all = rows.rows.rows
    let count = all.count - Set(all.map { Value.map($0).json() }).count
    guard count > 0 else { return }
    findings.add(
      Self.finding(
        "\(count) of \(all.count) rows \(count == 1 ? "is" : "are") there before", at: split.span,
        help: "remove the copies"))
  }
}
