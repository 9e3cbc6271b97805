import Datasets
import Diagnostics
import Values
import YAML

/// A pool of examples that holds rows that are evaluated.
struct EvaluatedRowsInPool: Rule {
  static let code: Diagnostic.Code = "evaluated-rows-in-pool"
  static let family = Family.fewshot
  static let severity = Diagnostic.Severity.warning
  static let tier = Tier.data

  static let about = """
    The split that examples come from holds rows that are evaluated too. An example may then show the right answer of the
    row that is asked.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    {"question": "2 + 2", "answer": "4"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl, train: rows.jsonl}}
    test_split: test
    fewshot_split: train
    doc_to_text: "{{question}}"
    doc_to_target: answer
    ```
    ```diagnostics
    warning[evaluated-rows-in-pool]: 2 of 2 rows that examples come from are evaluated too
     --> example.yaml:5:16
      |
    5 | fewshot_split: train
      |                ^^^^^
      = help: take examples from rows that are not evaluated
    ```
    """

  func check(_ rows: RowsContext, _ findings: inout Findings) {
    guard let pool = rows.pool,
      let place = rows.task["fewshot_split"] ?? rows.task["training_split"] ?? rows.task["validation_split"]
    else { return }
    let evaluated = Set(rows.rows.rows.map { Value.map($0).json() })
    let shared = pool.rows.count { evaluated.contains(Value.map($0).json()) }
    guard shared > 0 else { return }
    findings.add(
      Self.finding(
        "\(shared) of \(pool.rows.count) rows that examples come from \(shared == 1 ? "is" : "are") evaluated too",
        at: place.span, help: "take examples from rows that are not evaluated"))
  }
}
