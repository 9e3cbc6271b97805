import Datasets
import Diagnostics
import YAML

/// A prompt that is nearly the name of a column.
struct NearlyColumn: Rule {
  static let code: Diagnostic.Code = "nearly-column"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data
  static let supersedes: Set<String> = ["constant-prompt", "choices-not-a-list"]

  static let about = """
    A text without braces is the name of a column where the data has one of that name; else it is the prompt itself. A slip
    in the name makes a prompt of one word, the same for every row.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: qestion
    doc_to_target: answer
    ```
    ```diagnostics
    error[nearly-column]: `doc_to_text` is the text `qestion`, not the column `question`
     --> example.yaml:5:14
      |
    5 | doc_to_text: qestion
      |              ^^^^^^^
      = help: did you mean `question`?
      = fix: replace with `question`
    ```
    ```yaml fixed
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: question
    doc_to_target: answer
    ```
    """

  func check(_ rows: RowsContext, _ findings: inout Findings) {
    for key in ["doc_to_text", "doc_to_target", "doc_to_choice"] {
      guard let text = rows.task.text(key), !rows.rows.columns.contains(text.text),
        TemplateParts(text.text).isConstant,
        !text.text.isEmpty, !text.text.contains(where: \.isWhitespace),
        let near = rows.rows.columns.nearest(to: text.text)
      else { continue }
      findings.add(
        Self.finding(
          "`\(key)` is the text `\(text.text)`, not the column `\(near)`", at: text.span,
          help: "did you mean `\(near)`?",
          fix: .replace(text.span, with: near, safety: .needsReview)))
    }
  }
}
