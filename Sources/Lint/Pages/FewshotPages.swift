import Diagnostics

enum TooFewExamples: CodePage {
  static let code: Diagnostic.Code = "too-few-examples"
  static let family = Family.fewshot
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = """
    There are fewer rows to take examples from than are asked for.

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
    num_fewshot: 5
    ```
    ```diagnostics
    error[too-few-examples]: 5 examples are wanted and the pool has 1 (row 0 of `test`)
     --> example.yaml:7:14
      |
    7 | num_fewshot: 5
      |              ^
      = help: lower `num_fewshot` or name a larger `fewshot_split`
    ```
    """
}

enum ChatTemplateFailed: CodePage {
  static let code: Diagnostic.Code = "chat-template-failed"
  static let family = Family.backend
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.backend

  static let about = """
    The chat template of the model cannot be worked out for the messages of a row.
    """
}

enum SystemMessageDropped: CodePage {
  static let code: Diagnostic.Code = "system-message-dropped"
  static let family = Family.backend
  static let severity = Diagnostic.Severity.warning
  static let tier = Tier.backend

  static let about = """
    The chat format of the model takes no system message, so that the description is left out.
    """
}
