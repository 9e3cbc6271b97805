import Diagnostics

enum ColumnAsText: CodePage {
  static let code: Diagnostic.Code = "column-as-text"
  static let family = Family.data
  static let tier = Tier.data
  static let severity = Diagnostic.Severity.warning

  static let about = """
    `set` gives a column a text that is the name of another column; its value needs a template.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: answer
    process_docs: [{set: {shown: question}}]
    ```
    ```diagnostics
    warning[column-as-text]: this sets `shown` to the text `question`, not to the column of that name
     --> example.yaml:7:23
      |
    7 | process_docs: [{set: {shown: question}}]
      |                       ^^^^^
      = help: write "{{ question }}" for the column's value
    ```
    """
}

enum TakenColumn: CodePage {
  static let code: Diagnostic.Code = "taken-column"
  static let family = Family.data
  static let tier = Tier.data
  static let severity = Diagnostic.Severity.error

  static let about = """
    `rename` gives a column the name of one that is there.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: answer
    process_docs: [{rename: {question: answer}}]
    ```
    ```diagnostics
    error[taken-column]: there is a column `answer` already
     --> example.yaml:7:36
      |
    7 | process_docs: [{rename: {question: answer}}]
      |                                    ^^^^^^
      = help: drop it before, or choose another name
    ```
    """
}

enum NoRowsKept: CodePage {
  static let code: Diagnostic.Code = "no-rows-kept"
  static let family = Family.data
  static let tier = Tier.data
  static let severity = Diagnostic.Severity.error

  static let about = """
    `keep` leaves out all rows of a split.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: answer
    process_docs: [{keep: "{{ answer == 2 }}"}]
    ```
    ```diagnostics
    error[no-rows-kept]: none of the 1 rows of `test` is kept
     --> example.yaml:7:23
      |
    7 | process_docs: [{keep: "{{ answer == 2 }}"}]
      |                       ^^^^^^^^^^^^^^^^^^^
      = help: look at the rows' values: texts and numbers are never equal
    ```
    """
}

enum NotAnExpression: CodePage {
  static let code: Diagnostic.Code = "not-an-expression"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.error

  static let about = """
    Where a value decides, one template expression is all there may be.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: answer
    process_docs: [{keep: answer}]
    ```
    ```diagnostics
    error[not-an-expression]: a single expression `{{ … }}` is needed here, found text
     --> example.yaml:7:23
      |
    7 | process_docs: [{keep: answer}]
      |                       ^^^^^^
      = help: write "{{ answer }}"
    ```
    """
}
