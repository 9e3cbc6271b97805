import Diagnostics

enum UnknownFilter: CodePage {
  static let code: Diagnostic.Code = "unknown-filter"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.error

  static let about = """
    A step names a filter that does not exist. The harness finds out when all answers are there.

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
      - name: first
        filter:
          - function: take_frist
    ```
    ```diagnostics
    ```
    ```yaml fixed
    ```
    """
}

enum DuplicatePipeline: CodePage {
  static let code: Diagnostic.Code = "duplicate-pipeline"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.error

  static let about = """
    Two pipelines have one name, and only one of them could be reported.

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
      - name: first
        filter: [{function: take_first}]
      - name: first
        filter: [{function: lowercase}, {function: take_first}]
    ```
    ```diagnostics
    ```
    """
}

enum TooFewAnswers: CodePage {
  static let code: Diagnostic.Code = "too-few-answers"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.error

  static let about = """
    `take_first_k` wants more answers than there are repeats.

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
      - name: three
        filter: [{function: take_first_k, k: 3}]
    ```
    ```diagnostics
    ```
    """
}

enum BadRegex: CodePage {
  static let code: Diagnostic.Code = "bad-regex"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.error

  static let about = """
    A regular expression cannot be used. The caret stands in the text where it goes wrong.

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
            regex_pattern: "([0-9+"
          - function: take_first
    ```
    ```diagnostics
    ```
    """
}

enum UnknownMetric: CodePage {
  static let code: Diagnostic.Code = "unknown-metric"
  static let family = Family.metrics
  static let severity = Diagnostic.Severity.error

  static let about = """
    `metric_list` names a metric that does not exist.

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
      - metric: exact_mach
    ```
    ```diagnostics
    ```
    ```yaml fixed
    ```
    """
}

enum DuplicateMetric: CodePage {
  static let code: Diagnostic.Code = "duplicate-metric"
  static let family = Family.metrics
  static let severity = Diagnostic.Severity.error

  static let about = """
    A metric is listed twice, and only one of them could be reported.

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
      - metric: exact_match
        ignore_case: true
    ```
    ```diagnostics
    ```
    """
}

enum MetricDoesNotFit: CodePage {
  static let code: Diagnostic.Code = "metric-does-not-fit"
  static let family = Family.metrics
  static let severity = Diagnostic.Severity.error

  static let about = """
    The metric gives no number for this output type.

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
      - metric: acc
    ```
    ```diagnostics
    ```
    """
}

enum AggregationDoesNotFit: CodePage {
  static let code: Diagnostic.Code = "aggregation-does-not-fit"
  static let family = Family.metrics
  static let severity = Diagnostic.Severity.error

  static let about = """
    The aggregation cannot put together what the metric gives.

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
        aggregation: bleu
    ```
    ```diagnostics
    ```
    """
}

enum UnknownAggregation: CodePage {
  static let code: Diagnostic.Code = "unknown-aggregation"
  static let family = Family.metrics
  static let severity = Diagnostic.Severity.error

  static let about = """
    `aggregation` names nothing that puts numbers together. The harness finds out when all answers are there.

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
        aggregation: avarage
    ```
    ```diagnostics
    ```
    """
}

enum NoAggregation: CodePage {
  static let code: Diagnostic.Code = "no-aggregation"
  static let family = Family.metrics
  static let severity = Diagnostic.Severity.error

  static let about = """
    A number that a function gives has no way to be put together.
    """
}

enum HfEvaluateUnavailable: CodePage {
  static let code: Diagnostic.Code = "hf-evaluate-unavailable"
  static let family = Family.metrics
  static let severity = Diagnostic.Severity.error

  static let about = """
    The metric is one of the `evaluate` library, which Assay does not use.

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
      - metric: bertscore
    ```
    ```diagnostics
    ```
    """
}

enum ArgumentHasNoEffect: CodePage {
  static let code: Diagnostic.Code = "argument-has-no-effect"
  static let family = Family.metrics
  static let severity = Diagnostic.Severity.warning

  static let about = """
    An argument is read and never used, because the metric or output type has no use for it.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "label": 1}
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
    metric_list:
      - metric: acc
        ignore_case: true
    ```
    ```diagnostics
    ```
    """
}
