import Diagnostics
import Metrics
import Runs
import TaskDSL
import Values
import YAML

/// Right answers that score best by themselves, but not as a model writes them on.
struct GoldLostBehindDelimiter: Rule {
  static let code: Diagnostic.Code = "gold-lost-behind-delimiter"
  static let family = Family.generation
  static let severity = Diagnostic.Severity.warning
  static let tier = Tier.data

  static let about = #"""
    The prompt ends with the question, so a model that goes on as examples do writes `target_delimiter` first. Here the right
    answer scores best without it and not behind it: a stop string stands in the delimiter, or no filter takes it away.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}} ="
    doc_to_target: "{{answer}}"
    generation_kwargs: {until: ["\n"]}
    metric_list:
      - metric: exact_match
    ```
    ```diagnostics
    warning[gold-lost-behind-delimiter]: 1 of 1 right answers score best only without the delimiter ' ' before them
     --> example.yaml:6:16
      |
    6 | doc_to_target: "{{answer}}"
      |                ^^^^^^^^^^^^
      = note: row 0: the answer ' 2', right is '2'
                take_first   ' 2'
                exact_match  0.0, best is 1
      = help: begin the pipeline with `remove_whitespace`, or let no stop string stand in the delimiter
    ```

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}} ="
    doc_to_target: "{{answer}}"
    generation_kwargs: {until: ["\n"]}
    filter_list:
      - name: trimmed
        filter:
          - {function: remove_whitespace}
          - {function: take_first}
    metric_list:
      - metric: exact_match
    ```
    """#

  func check(_ rows: RowsContext, _ findings: inout Findings) {
    guard let test = rows.selfTest, let plan = rows.plan, plan.results == nil else { return }
    let hit = test.pipelines.first { $0.countLostBehindDelimiter > 0 }
    guard let hit, let failure = hit.lostBehindDelimiter else { return }
    let delimiter = Value.string(rows.task.targetDelimiter).repr
    let place = hit.name == "none" ? "" : " after `\(hit.name)`"
    var finding = Self.finding(
      "\(hit.countLostBehindDelimiter) of \(test.documentCount) right answers score best only without the delimiter "
        + "\(delimiter) before them\(place)",
      at: (rows.task["target_delimiter"] ?? rows.task["doc_to_target"])?.span ?? rows.task.place,
      labels: rows.pipelinePlace(hit.name).map { [Diagnostic.Label("what becomes of them", at: $0)] } ?? [],
      help: "begin the pipeline with `remove_whitespace`, or let no stop string stand in the delimiter")
    finding.note = failure.story
    findings.add(finding)
  }
}
