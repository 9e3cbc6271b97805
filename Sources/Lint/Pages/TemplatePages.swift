import Diagnostics

enum TemplateSyntax: CodePage {
  static let code: Diagnostic.Code = "template-syntax"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.error

  static let about = """
    The template cannot be read.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question | }}"
    doc_to_target: answer
    ```
    ```diagnostics
    error[template-syntax]: found `}}`, expected a name
     --> example.yaml:5:28
      |
    5 | doc_to_text: "{{question | }}"
      |                            ^^
    ```
    """
}

enum TemplateUnclosed: CodePage {
  static let code: Diagnostic.Code = "template-unclosed"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.error

  static let about = """
    A tag of the template is opened and not closed, or a text in it.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question} A:"
    doc_to_target: answer
    ```
    """
}

enum TemplateNeedsLoader: CodePage {
  static let code: Diagnostic.Code = "template-needs-loader"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.error

  static let about = """
    `include`, `import` and `extends` need other templates; a task's template stands alone.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{% include 'base' %}"
    doc_to_target: answer
    ```
    ```diagnostics
    error[template-needs-loader]: found `include`, but there are no other templates to load
     --> example.yaml:5:18
      |
    5 | doc_to_text: "{% include 'base' %}"
      |                  ^^^^^^^
      = help: write the text here, or use a macro
    ```
    """
}

enum UnknownTemplateFilter: CodePage {
  static let code: Diagnostic.Code = "unknown-template-filter"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.error

  static let about = """
    A template names a filter that does not exist.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question | uper}}"
    doc_to_target: answer
    ```
    ```diagnostics
    error[unknown-template-filter]: the filter `uper` is not known
     --> example.yaml:5:28
      |
    5 | doc_to_text: "{{question | uper}}"
      |                            ^^^^
      = help: did you mean `upper`?
    ```
    """
}

enum UnknownTemplateTest: CodePage {
  static let code: Diagnostic.Code = "unknown-template-test"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.error

  static let about = """
    A template names a test, behind `is`, that does not exist.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{% if question is definde %}{{question}}{% endif %}"
    doc_to_target: answer
    ```
    ```diagnostics
    warning[unknown-template-test]: the test `definde` is not known
     --> example.yaml:5:33
      |
    5 | doc_to_text: "{% if question is definde %}{{question}}{% endif %}"
      |                                 ^^^^^^^
      = help: did you mean `defined`?
    ```
    """
}

enum TemplateFailed: CodePage {
  static let code: Diagnostic.Code = "template-failed"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = """
    The template cannot be worked out for a row.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question + 1}}"
    doc_to_target: answer
    ```
    ```diagnostics
    error[template-failed]: can only concatenate str (not "int") to str (row 0 of `test`)
     --> example.yaml:5:17
      |
    5 | doc_to_text: "{{question + 1}}"
      |                 ^^^^^^^^^^^^
      = help: `~` joins anything as text
    ```
    """
}

enum UndefinedColumn: CodePage {
  static let code: Diagnostic.Code = "undefined-column"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = """
    A template fills in a column that the data does not have.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{qestion}}"
    doc_to_target: answer
    ```
    ```diagnostics
    error[undefined-column]: the data has no column `qestion`
     --> example.yaml:5:17
      |
    5 | doc_to_text: "{{qestion}}"
      |                 ^^^^^^^
      = help: did you mean `question`?
      = fix: replace with `question`
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

enum QuestionNotText: CodePage {
  static let code: Diagnostic.Code = "question-not-text"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = """
    What `doc_to_text` comes to is no text, and no number of a choice either.
    """
}

enum AnswerNotText: CodePage {
  static let code: Diagnostic.Code = "answer-not-text"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = """
    What `doc_to_target` comes to is nothing that can be an answer.
    """
}

enum ChoiceNotText: CodePage {
  static let code: Diagnostic.Code = "choice-not-text"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = """
    A choice is no text.
    """
}

enum ChoicesNotAList: CodePage {
  static let code: Diagnostic.Code = "choices-not-a-list"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = """
    What `doc_to_choice` comes to is no list.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    output_type: multiple_choice
    doc_to_text: "{{question}}"
    doc_to_choice: answer
    doc_to_target: 0
    ```
    ```diagnostics
    error[choices-not-a-list]: `doc_to_choice` gives a text where a list of texts is needed (row 0 of `test`)
     --> example.yaml:7:16
      |
    7 | doc_to_choice: answer
      |                ^^^^^^
      = help: give a list, a column that holds one, or a template such as `{{ [a, b] }}`
    ```
    """
}

enum GoldOutOfRange: CodePage {
  static let code: Diagnostic.Code = "gold-out-of-range"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = """
    The number of the right choice is none of the row's choices. The harness scores such a row as it comes.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "label": 2}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    output_type: multiple_choice
    doc_to_text: "{{question}}"
    doc_to_choice: ["1", "2"]
    doc_to_target: label
    ```
    """
}

enum UnknownTemplateMethod: CodePage {
  static let code: Diagnostic.Code = "unknown-template-method"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.error

  static let about = """
    Values in a template have the methods of Python's texts, lists and mappings.

    ```yaml
    task: demo
    dataset_path: owner/data
    test_split: test
    doc_to_text: "{{question.stripp()}}"
    doc_to_target: answer
    ```
    ```diagnostics
    error[unknown-template-method]: no text, list or mapping has a method `stripp`
     --> example.yaml:4:26
      |
    4 | doc_to_text: "{{question.stripp()}}"
      |                          ^^^^^^
      = help: did you mean `strip`?
      = fix: replace with `strip`
    ```
    ```yaml fixed
    task: demo
    dataset_path: owner/data
    test_split: test
    doc_to_text: "{{question.strip()}}"
    doc_to_target: answer
    ```
    """
}

enum UnknownTemplateFunction: CodePage {
  static let code: Diagnostic.Code = "unknown-template-function"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.error

  static let about = """
    Python's functions are not there in a template; many of them are filters: `{{ choices | length }}`.

    ```yaml
    task: demo
    dataset_path: owner/data
    test_split: test
    doc_to_text: "{{len(choices)}} choices: {{question}}"
    doc_to_target: answer
    ```
    ```diagnostics
    error[unknown-template-function]: a template has no function `len`
     --> example.yaml:4:17
      |
    4 | doc_to_text: "{{len(choices)}} choices: {{question}}"
      |                 ^^^
      = help: use the filter: `value | length`
    ```
    """
}

enum MethodNotCalled: CodePage {
  static let code: Diagnostic.Code = "method-not-called"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.warning

  static let about = """
    Without `()` a method is not called: what is printed is the method itself, `<built-in method strip …>`.

    ```yaml
    task: demo
    dataset_path: owner/data
    test_split: test
    doc_to_text: "{{question.strip}}"
    doc_to_target: answer
    ```
    ```diagnostics
    warning[method-not-called]: `strip` is a method; without `()` the method itself is printed
     --> example.yaml:4:26
      |
    4 | doc_to_text: "{{question.strip}}"
      |                          ^^^^^
      = help: write `strip()`
      = fix: replace with `strip()`
    ```
    ```yaml fixed
    task: demo
    dataset_path: owner/data
    test_split: test
    doc_to_text: "{{question.strip()}}"
    doc_to_target: answer
    ```
    """
}
