import Diagnostics
import YAML

/// An argument of a data set that nothing reads.
struct UnknownDataKey: Rule {
  static let code: Diagnostic.Code = "unknown-data-key"
  static let family = Family.data
  static let severity = Diagnostic.Severity.warning
  static let greatestSeverity = Diagnostic.Severity.error

  static let about = #"""
    `dataset_kwargs` goes to the reader as it is, which stops at an argument that it does not know, or that is given
    twice.

    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs:
      data_file: {test: rows.jsonl}
    ```
    ```diagnostics
    warning[unknown-data-key]: no reader knows `data_file`
     --> example.yaml:4:3
      |
    4 |   data_file: {test: rows.jsonl}
      |   ^^^^^^^^^
      = help: did you mean `data_files`?
      = fix: replace with `data_files`
    ```
    ```yaml fixed
    task: demo
    dataset_path: json
    dataset_kwargs:
      data_files: {test: rows.jsonl}
    ```

    ```yaml
    task: demo
    dataset_path: owner/rows
    test_split: test
    dataset_kwargs:
      split: test
    ```
    ```diagnostics
    error[unknown-data-key]: the task gives `split` by a key of its own
     --> example.yaml:5:3
      |
    5 |   split: test
      |   ^^^^^
      = help: write it as `test_split`, `validation_split`, `training_split` or `fewshot_split`
    ```

    ```yaml
    task: demo
    dataset_path: owner/rows
    test_split: test
    dataset_kwargs:
      data_file: rows.jsonl
    ```
    ```diagnostics
    warning[unknown-data-key]: `data_file` is nearly `data_files`
     --> example.yaml:5:3
      |
    5 |   data_file: rows.jsonl
      |   ^^^^^^^^^
      = help: did you mean `data_files`?
      = fix: replace with `data_files`
    ```
    ```yaml fixed
    task: demo
    dataset_path: owner/rows
    test_split: test
    dataset_kwargs:
      data_files: rows.jsonl
    ```

    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs:
      data_files: {test: rows.jsonl}
    ```
    """#

  private static let known = [
    "data_files", "data_dir", "features", "revision", "trust_remote_code", "streaming", "token", "cache_dir",
    "download_mode", "download_config", "verification_mode", "num_proc", "keep_in_memory", "storage_options",
    "save_infos", "field", "encoding", "encoding_errors", "chunksize", "sep", "delimiter", "header", "names",
    "column_names", "quotechar", "quoting", "skiprows", "na_values", "keep_default_na", "na_filter",
    "sample_by",
    "keep_linebreaks", "index_col", "usecols", "dtype", "engine", "converters", "nrows", "skip_blank_lines",
    "thousands", "decimal", "lineterminator", "escapechar", "comment", "dialect", "low_memory", "memory_map",
    "float_precision", "date_format", "on_bad_lines", "batch_size", "columns", "filters",
  ]
  /// Arguments of `load_dataset` that stand outside.
  private static let taken = [
    "path": "`dataset_path`", "name": "`dataset_name`",
    "split": "`test_split`, `validation_split`, `training_split` or `fewshot_split`",
  ]
  private static let readers: Set = ["json", "csv", "parquet", "text", "arrow"]

  func check(_ file: FileContext, _ findings: inout Findings) {
    for settings in file.settings where settings.last("custom_dataset") == nil {
      check(settings, isMember: file.root?["group"] != nil, &findings)
    }
  }

  private func check(_ settings: Node, isMember: Bool, _ findings: inout Findings) {
    let path = settings.last("dataset_path")
    let isReader = path?.plainText.map { Self.readers.contains($0.text) } ?? false
    // A base may say that a function makes the data, which has arguments of its own.
    let isKnown = path != nil || isMember
    for entry in settings.last("dataset_kwargs")?.entries ?? [] where !Self.known.contains(entry.key.value) {
      if isKnown, let place = Self.taken[entry.key.value] {
        findings.add(
          Diagnostic(
            Self.code, .error, "the task gives `\(entry.key.value)` by a key of its own", at: entry.key.span,
            help: "write it as \(place)"))
        continue
      }
      let near = Self.known.nearest(to: entry.key.value)
      // A data set may know arguments of its own.
      guard
        isReader
          || near != nil && entry.key.value.utf8.count > 5 && isKnown
      else { continue }
      findings.add(
        Self.finding(
          isReader
            ? "no reader knows `\(entry.key.value)`" : "`\(entry.key.value)` is nearly `\(near ?? "")`",
          at: entry.key.span,
          help: near.map { "did you mean `\($0)`?" } ?? "files are named under `data_files`",
          fix: near.map { .replace(entry.key.span, with: $0, safety: .needsReview) }))
    }
  }
}
