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
    error[unknown-filter]: no filter is named `take_frist`
      --> example.yaml:10:19
       |
    10 |       - function: take_frist
       |                   ^^^^^^^^^^
       = help: did you mean `take_first`?
       = fix: replace with `take_first`
    ```
    ```yaml fixed
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: answer
    filter_list:
      - name: first
        filter:
          - function: take_first
    ```
    """
}

enum DuplicatePipeline: CodePage {
  static let code: Diagnostic.Code = "duplicate-pipeline"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.warning

  static let about = """
    Two pipelines have one name; the later takes the place of the earlier, as in the harness.

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
    warning[duplicate-pipeline]: `first` stands here for the second time and takes the place of the first
      --> example.yaml:10:11
       |
    10 |   - name: first
       |           ^^^^^
      ::: example.yaml:8:11
       |
     8 |   - name: first
       |           ----- without effect
       = help: remove the first
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
    error[too-few-answers]: 3 answers are wanted but each request is sent 1 time(s)
     --> example.yaml:9:42
      |
    9 |     filter: [{function: take_first_k, k: 3}]
      |                                          ^
      = help: set `repeats: 3`
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
    error[bad-regex]: the regular expression cannot be used: this class is not closed
      --> example.yaml:11:26
       |
    11 |         regex_pattern: "([0-9+"
       |                          ^
       = help: patterns are those of Python's `re`
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
    error[unknown-metric]: no metric is named `exact_mach`
     --> example.yaml:8:13
      |
    8 |   - metric: exact_mach
      |             ^^^^^^^^^^
      = help: did you mean `exact_match`? metrics: acc, acc_bytes, acc_mutual_info, acc_norm, accuracy, bits_per_byte, bleu, brier_score, bypass, byte_perplexity, chrf, chrf++, exact_match, f1, likelihood, mcc, perplexity, rouge1, rouge2, rougeL, rougeLsum, ter, wer, word_perplexity
      = fix: replace with `exact_match`
    ```
    ```yaml fixed
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: answer
    metric_list:
      - metric: exact_match
    ```
    """
}

enum DuplicateMetric: CodePage {
  static let code: Diagnostic.Code = "duplicate-metric"
  static let family = Family.metrics
  static let severity = Diagnostic.Severity.warning

  static let about = """
    A metric is listed twice; the later entry takes the place of the earlier, as in the harness.

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
    warning[duplicate-metric]: `exact_match` stands here for the second time and takes the place of the first
     --> example.yaml:9:13
      |
    9 |   - metric: exact_match
      |             ^^^^^^^^^^^
     ::: example.yaml:8:13
      |
    8 |   - metric: exact_match
      |             ----------- without effect
      = help: remove the first
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
    error[metric-does-not-fit]: `acc` gives no score with `output_type: generate_until`
     --> example.yaml:8:13
      |
    8 |   - metric: acc
      |             ^^^
      = help: use `accuracy` or `bleu` or `bypass` or `chrf` or `chrf++` or `exact_match` or `f1` or `mcc` or `rouge1` or `rouge2` or `rougeL` or `rougeLsum` or `ter` or `wer`
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
    error[aggregation-does-not-fit]: `bleu` cannot put together what `exact_match` gives
     --> example.yaml:9:18
      |
    9 |     aggregation: bleu
      |                  ^^^^
      = help: use `mean` or `median` or `nanmean` or `perplexity`
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
    error[unknown-aggregation]: no aggregation is named `avarage`
     --> example.yaml:9:18
      |
    9 |     aggregation: avarage
      |                  ^^^^^^^
      = help: aggregations: bits_per_byte, bleu, brier_score, bypass, chrf, chrf++, f1, matthews_corrcoef, mean, median, nanmean, perplexity, ter, weighted_perplexity
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
    warning[hf-evaluate-unavailable]: `bertscore` is a metric of the `evaluate` library, which is not used
     --> example.yaml:8:13
      |
    8 |   - metric: bertscore
      |             ^^^^^^^^^
      = help: metrics: acc, acc_bytes, acc_mutual_info, acc_norm, accuracy, bits_per_byte, bleu, brier_score, bypass, byte_perplexity, chrf, chrf++, exact_match, f1, likelihood, mcc, perplexity, rouge1, rouge2, rougeL, rougeLsum, ter, wer, word_perplexity
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
    warning[argument-has-no-effect]: `ignore_case` has no effect on `acc` with `output_type: multiple_choice`
      --> example.yaml:11:5
       |
    11 |     ignore_case: true
       |     ^^^^^^^^^^^
       = help: remove it
    ```
    """
}
