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
    ```diagnostics
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
    ```
    ```yaml fixed
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
    ```diagnostics
    ```
    """
}
