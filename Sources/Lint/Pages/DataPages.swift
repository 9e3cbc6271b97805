import Diagnostics

enum MissingDataset: CodePage {
  static let code: Diagnostic.Code = "missing-dataset"
  static let family = Family.data
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = """
    The data is not on this machine: neither a file, nor in a mirror.
    """
}

enum MissingSplit: CodePage {
  static let code: Diagnostic.Code = "missing-split"
  static let family = Family.data
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = """
    The data has no split of the name.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: tset
    doc_to_text: "{{question}}"
    doc_to_target: answer
    ```
    ```diagnostics
    error[missing-split]: `json` has no split `tset`
     --> example.yaml:4:13
      |
    4 | test_split: tset
      |             ^^^^
      = help: did you mean `test`?
      = fix: replace with `test`
    ```
    ```yaml fixed
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: answer
    ```
    """
}

enum BadRows: CodePage {
  static let code: Diagnostic.Code = "bad-rows"
  static let family = Family.data
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = """
    A file of rows cannot be read.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": }
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
    error[bad-rows]: rows.jsonl:1:33: a JSON value cannot start with `}`
     --> example.yaml:3:37
      |
    3 | dataset_kwargs: {data_files: {test: rows.jsonl}}
      |                                     ^^^^^^^^^^
      = help: each line is one JSON object, or the file is one list of objects
    ```
    """
}

enum UnlikeFiles: CodePage {
  static let code: Diagnostic.Code = "unlike-files"
  static let family = Family.data
  static let severity = Diagnostic.Severity.warning
  static let tier = Tier.data

  static let about = """
    The files of one data set do not have the same columns, or not with the same kinds of values.
    """
}

enum BadDataFiles: CodePage {
  static let code: Diagnostic.Code = "bad-data-files"
  static let family = Family.data
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = """
    `data_files` is neither a path, a list of paths, nor a mapping from splits to them.
    """
}

enum NoDocuments: CodePage {
  static let code: Diagnostic.Code = "no-documents"
  static let family = Family.data
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = """
    There is no row to evaluate.
    """
}

enum SampleOutOfRange: CodePage {
  static let code: Diagnostic.Code = "sample-out-of-range"
  static let family = Family.data
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = """
    --samples asks for a row that the split does not have.
    """
}
