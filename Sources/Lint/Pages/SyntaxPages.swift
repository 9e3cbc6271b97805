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
    error[malformed-yaml]: this is not YAML: a second `: ` stands in this line
     --> example.yaml:2:20
      |
    2 | description: Answer: yes or no
      |                    ^
      = help: a text that holds `: ` needs quotes
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
    error[several-documents]: there is a second YAML document in this file
     --> example.yaml:2:1
      |
    2 | ---
      | ^^^
      = help: a task file holds one document; remove the `---`
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
    warning[duplicate-key]: `num_fewshot` is given twice; the last one counts
     --> example.yaml:3:1
      |
    3 | num_fewshot: 0
      | ^^^^^^^^^^^
     ::: example.yaml:2:1
      |
    2 | num_fewshot: 5
      | ----------- first given here
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
    error[bad-key]: a key must be a text, a number or a boolean, found a mapping
     --> example.yaml:2:15
      |
    2 | doc_to_text: {{question}}
      |               ^^^^^^^^^^
      = help: a template that starts with `{{` needs quotes around it
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
    error[bad-merge]: `<<` merges a mapping or a list of mappings, found text
     --> example.yaml:2:5
      |
    2 | <<: base
      |     ^^^^
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
    error[unknown-anchor]: no anchor `&prompt` stands before this
     --> example.yaml:2:14
      |
    2 | doc_to_text: *prompt
      |              ^^^^^^^
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
    error[unknown-tag]: there is no tag `!func`; `!function` is the only one
     --> example.yaml:4:14
      |
    4 | doc_to_text: !func utils.ask
      |              ^^^^^
      = help: put a text that begins with `!` in quotes
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
