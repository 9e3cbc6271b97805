import Diagnostics
import TaskDSL
import YAML

/// A data set without an owner.
struct UnnamespacedDataset: Rule {
  static let code: Diagnostic.Code = "unnamespaced-dataset"
  static let family = Family.data
  static let severity = Diagnostic.Severity.note

  static let about = """
    Data sets without an owner in their name are old aliases; the hub redirects them as long as it likes. `owner/name`
    stays what it is.

    ```yaml
    task: demo
    dataset_path: gsm8k
    ```
    ```diagnostics
    note[unnamespaced-dataset]: the data set `gsm8k` is named without its owner
     --> example.yaml:2:15
      |
    2 | dataset_path: gsm8k
      |               ^^^^^
      = help: write `owner/gsm8k`
    ```

    ```yaml
    task: demo
    dataset_path: openai/gsm8k
    ```
    """

  private static let readers: Set = [
    "json", "csv", "text", "parquet", "arrow", "imagefolder", "audiofolder", "xml", "webdataset", "pandas",
    "sql",
  ]

  /// Endings of files and other words that are taken for readers.
  private static let meant = [
    "jsonl": "json", "ndjson": "json", "jsonlines": "json", "json_lines": "json", "jsons": "json",
    "tsv": "csv",
    "txt": "text", "pq": "parquet",
  ]

  func check(_ file: FileContext, _ findings: inout Findings) {
    guard let path = file.value("dataset_path")?.plainText, !path.text.isEmpty,
      !path.text.contains(where: { $0 == "/" || $0 == "\\" }),
      !Self.readers.contains(path.text), file.value("custom_dataset") == nil, path.text != "."
    else { return }
    if Paths.exists(Paths.join(Paths.folder(of: file.path), path.text)) || Paths.exists(path.text) { return }
    let small = path.text.lowercased()
    if let reader = Self.meant[small] ?? Self.readers.first(where: { $0 == small }) {
      findings.add(
        Self.finding(
          "`\(path.text)` is no reader, and as a data set it has no owner", at: path.span,
          help: "did you mean the reader `\(reader)`?",
          fix: .replace(path.span, with: reader, safety: .needsReview)))
      return
    }
    findings.add(
      Self.finding(
        "the data set `\(path.text)` is named without its owner", at: path.span,
        help: "write `owner/\(path.text)`"))
  }
}
