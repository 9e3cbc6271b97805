import Diagnostics

enum MalformedYaml: CodePage {
  static let code: Diagnostic.Code = "malformed-yaml"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = """
    The file is not YAML, so that nothing else can be said of it.

    ```yaml
    task: demo
    description: Answer: yes or no
    ```
    ```diagnostics
    ```
    """
}

enum SeveralDocuments: CodePage {
  static let code: Diagnostic.Code = "several-documents"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = """
    A file holds one YAML document. What stands behind a second `---` is never read.

    ```yaml
    task: demo
    ---
    task: other
    ```
    ```diagnostics
    ```
    """
}

enum DuplicateKey: CodePage {
  static let code: Diagnostic.Code = "duplicate-key"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.warning

  static let about = """
    A key is given twice in one mapping; the last one counts, whatever the first says.

    ```yaml
    task: demo
    num_fewshot: 5
    num_fewshot: 0
    ```
    ```diagnostics
    ```
    """
}

enum BadKey: CodePage {
  static let code: Diagnostic.Code = "bad-key"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = """
    A key is a text, a number or a boolean. Most often a template without quotes is read as a mapping inside a mapping.

    ```yaml
    task: demo
    doc_to_text: {{question}}
    ```
    ```diagnostics
    ```
    """
}

enum BadMerge: CodePage {
  static let code: Diagnostic.Code = "bad-merge"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = """
    `<<` takes the keys of another mapping, or of several.

    ```yaml
    task: demo
    <<: base
    ```
    ```diagnostics
    ```
    """
}

enum UnknownAnchor: CodePage {
  static let code: Diagnostic.Code = "unknown-anchor"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = """
    `*name` stands for what `&name` marks before it in the same file.

    ```yaml
    task: demo
    doc_to_text: *prompt
    ```
    ```diagnostics
    ```
    """
}

enum UnknownTag: CodePage {
  static let code: Diagnostic.Code = "unknown-tag"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = """
    `!function` is the only tag that task files know.

    ```yaml
    task: demo
    dataset_path: json
    test_split: test
    doc_to_text: !func utils.ask
    doc_to_target: answer
    ```
    ```diagnostics
    ```
    """
}

enum TooDeep: CodePage {
  static let code: Diagnostic.Code = "too-deep"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = """
    A file is nested more than a hundred levels deep, which no task needs.
    """
}

enum TooLarge: CodePage {
  static let code: Diagnostic.Code = "too-large"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = """
    A file grows to more values than any task has, most likely by aliases of aliases.
    """
}

enum OutOfMemory: CodePage {
  static let code: Diagnostic.Code = "out-of-memory"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = """
    There was no memory left to read the file.
    """
}

enum UnreadableFile: CodePage {
  static let code: Diagnostic.Code = "unreadable-file"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = """
    A file that was named is not there, is a folder, or is no text.
    """
}

enum NotATask: CodePage {
  static let code: Diagnostic.Code = "not-a-task"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = """
    A task file holds a mapping, and a name under `task` or `group`.

    ```yaml
    - task: demo
    ```
    ```diagnostics
    ```
    """
}

enum UnknownKey: CodePage {
  static let code: Diagnostic.Code = "unknown-key"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = """
    The key means nothing where it stands. Most often it is misspelled, or indented too far or too little. The harness
    refuses an unknown key of a task, and passes over one in a filter or metric until all answers are there.

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
    num_fewshots: 3
    ```
    ```diagnostics
    ```
    ```yaml fixed
    ```

    Arguments of filters are looked at too.

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
    filter_list:
      - name: number
        filter:
          - function: regex
            pattern: "([0-9]+)"
          - function: take_first
    ```
    ```diagnostics
    ```
    """
}

enum MissingKey: CodePage {
  static let code: Diagnostic.Code = "missing-key"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = """
    A key is missing without which nothing can be asked, or scored.

    ```yaml
    task: demo
    dataset_path: json
    test_split: test
    output_type: multiple_choice
    doc_to_text: "{{question}}"
    doc_to_target: label
    ```
    ```diagnostics
    ```
    """
}

enum WrongType: CodePage {
  static let code: Diagnostic.Code = "wrong-type"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = """
    A value is of another kind than the key takes: a number where a text belongs, a text where a list belongs.

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
    num_fewshot: five
    ```
    ```diagnostics
    ```

    YAML reads some words as something else than texts; quotes keep them texts.

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
    task_alias: 12
    ```
    ```diagnostics
    ```
    """
}

enum UnknownChoice: CodePage {
  static let code: Diagnostic.Code = "unknown-choice"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = """
    The key takes one of a few words, and this is none of them.

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
    output_type: generate_untill
    ```
    ```diagnostics
    ```
    ```yaml fixed
    ```
    """
}

enum OutOfRange: CodePage {
  static let code: Diagnostic.Code = "out-of-range"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = """
    A number is smaller or larger than makes sense.

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
    repeats: 0
    ```
    ```diagnostics
    ```
    """
}

enum NotABoolean: CodePage {
  static let code: Diagnostic.Code = "not-a-boolean"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.warning

  static let about = """
    The key takes true or false. Anything else counts as Python counts it: an empty text and 0 as false, the rest as true.

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
    metric_list:
      - metric: exact_match
        ignore_case: "no"
    ```
    ```diagnostics
    ```
    """
}

enum UnsupportedKey: CodePage {
  static let code: Diagnostic.Code = "unsupported-key"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = """
    The key is one of the harness's that Assay does not read.

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
    use_prompt: promptsource:demo
    ```
    ```diagnostics
    ```
    """
}

enum UnknownRule: CodePage {
  static let code: Diagnostic.Code = "unknown-rule"
  static let family = Family.suppressions
  static let severity = Diagnostic.Severity.error

  static let about = """
    An `assay.yaml` names a code or family that does not exist. `assay rules` lists them.
    """
}
