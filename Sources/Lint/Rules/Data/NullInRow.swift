import Diagnostics
import TaskDSL
import Values
import YAML

/// A row without a value that the prompt shows.
struct NullInRow: Rule {
  static let code: Diagnostic.Code = "null-in-row"
  static let family = Family.data
  static let severity = Diagnostic.Severity.warning
  static let tier = Tier.data

  static let about = #"""
    A value that is null is printed as `None`, which is then what the model reads.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    {"question": null, "answer": "4"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}} ="
    doc_to_target: answer
    ```
    ```diagnostics
    warning[null-in-row]: `question` is null in row 1, and is printed as `None`
     --> example.yaml:5:15
      |
    5 | doc_to_text: "{{question}} ="
      |               ^^^^^^^^^^^^
      = help: leave such rows out, or write `{{ question or '' }}`
    ```

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    {"question": "2 + 2", "answer": "4"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}} ="
    doc_to_target: answer
    ```
    """#

  func check(_ rows: RowsContext, _ findings: inout Findings) {
    guard let plan = rows.plan else { return }
    for key in ["doc_to_text", "doc_to_target"] {
      guard let text = rows.task.text(key) else { continue }
      let parts = TemplateParts(text.text)
      guard parts.statements.isEmpty else { continue }
      var places = parts.expressions.map { range in
        let inner = String(parts.text(range).dropFirst(2).dropLast(2))
        return (name: String(inner.trimmingWhitespace), range: range)
      }
      if parts.isConstant { places = [(text.text, 0..<text.text.utf8.count)] }
      for (name, range) in places {
        guard let row = plan.documents.first(where: { $0.row[name]?.isNull == true }) else { continue }
        findings.add(
          Self.finding(
            "`\(name)` is null in row \(row.id), and is printed as `None`", at: text.span(range),
            help: "leave such rows out, or write `{{ \(name) or '' }}`"))
        break
      }
    }
  }
}
