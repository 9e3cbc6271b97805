import Diagnostics
import TaskDSL
import YAML

/// A data set whose version is not said.
struct UnpinnedDataset: Rule {
  static let code: Diagnostic.Code = "unpinned-dataset"
  static let family = Family.data
  static let severity = Diagnostic.Severity.note
  static let presets: Set<Preset> = []

  static let about = """
    Whoever owns a data set may change it at any time, and scores with it. A revision keeps it as it is.

    ```yaml
    task: demo
    dataset_path: openai/gsm8k
    ```
    ```diagnostics
    note[unpinned-dataset]: nothing says which version of `openai/gsm8k` is meant
     --> example.yaml:2:15
      |
    2 | dataset_path: openai/gsm8k
      |               ^^^^^^^^^^^^
      = help: add `dataset_kwargs: {revision: COMMIT}`
    ```

    ```yaml
    task: demo
    dataset_path: openai/gsm8k
    dataset_kwargs: {revision: e53f048}
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard let path = task.text("dataset_path"), path.text.contains("/"), !path.text.hasPrefix("/"),
      !path.text.hasPrefix("."), task["dataset_kwargs"]?["revision"] == nil, task["custom_dataset"] == nil
    else { return }
    if Paths.exists(Paths.join(Paths.folder(of: task.leaf.file), path.text)) { return }
    findings.add(
      Self.finding(
        "nothing says which version of `\(path.text)` is meant", at: path.span,
        help: "add `dataset_kwargs: {revision: COMMIT}`"))
  }
}
