import Diagnostics

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
    error[not-a-task]: a task file holds a mapping, found a list
     --> example.yaml:1:1
      |
    1 | - task: demo
      | ^^^^^^^^^^^^
      = help: begin with `task: NAME` or `group: NAME`, and write one `key: value` a line
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
    error[unknown-key]: there is no key `num_fewshots` here
     --> example.yaml:7:1
      |
    7 | num_fewshots: 3
      | ^^^^^^^^^^^^
      = help: did you mean `num_fewshot`?
      = fix: replace with `num_fewshot`
    ```
    ```yaml fixed
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: answer
    num_fewshot: 3
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
    error[unknown-key]: there is no key `pattern` here
      --> example.yaml:11:9
       |
    11 |         pattern: "([0-9]+)"
       |         ^^^^^^^
       = help: did you mean `regex_pattern`?
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
    error[missing-key]: `doc_to_choice` is required for `output_type: multiple_choice`
     --> example.yaml:1:7
      |
    1 | task: demo
      |       ^^^^
      = help: add `doc_to_choice`
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
    error[wrong-type]: expected a whole number for `num_fewshot`, found text
     --> example.yaml:7:14
      |
    7 | num_fewshot: five
      |              ^^^^
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
    error[wrong-type]: expected text for `task_alias`, found a number
     --> example.yaml:7:13
      |
    7 | task_alias: 12
      |             ^^
      = help: if a text is meant, put it in quotes
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
    error[unknown-choice]: `generate_untill` is not one of generate_until, multiple_choice, loglikelihood, loglikelihood_rolling
     --> example.yaml:7:14
      |
    7 | output_type: generate_untill
      |              ^^^^^^^^^^^^^^^
      = help: did you mean `generate_until`?
      = fix: replace with `generate_until`
    ```
    ```yaml fixed
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: answer
    output_type: generate_until
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
    error[out-of-range]: `repeats` is at least 1
     --> example.yaml:7:10
      |
    7 | repeats: 0
      |          ^
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
    warning[not-a-boolean]: expected true or false for `ignore_case`, found text; it counts as true
     --> example.yaml:9:18
      |
    9 |     ignore_case: "no"
      |                  ^^^^
    ```
    """
}

enum UnknownPrompt: CodePage {
  static let code: Diagnostic.Code = "unknown-prompt"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.error

  static let about = """
    `use_prompt` names no prompt that is there.

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
    error[unknown-prompt]: the prompts of the Python package *promptsource* are not read
     --> example.yaml:7:13
      |
    7 | use_prompt: promptsource:demo
      |             ^^^^^^^^^^^^^^^^^
      = help: write the prompt out as `doc_to_text`, `doc_to_target` and `doc_to_choice`
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
