import Diagnostics
import TaskDSL
import YAML

/// A file of rows that is not there.
struct MissingDataFile: Rule {
  static let code: Diagnostic.Code = "missing-data-file"
  static let family = Family.data
  static let severity = Diagnostic.Severity.error
  static let supersedes: Set<String> = ["missing-dataset", "absolute-path"]

  static let about = """
    A path in `data_files` starts from the folder of the task's file, or from the folder in which the command is run.

    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs:
      data_files: {test: rows.jsonl}
    ```
    ```diagnostics
    error[missing-data-file]: there is no file `rows.jsonl`
     --> example.yaml:4:22
      |
    4 |   data_files: {test: rows.jsonl}
      |                      ^^^^^^^^^^
      = help: a path starts from the task's folder or the working folder
    ```
    """

  private static let readers: Set = ["json", "csv", "text", "parquet"]

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard let path = task.text("dataset_path"), Self.readers.contains(path.text),
      task["custom_dataset"] == nil, task["dataset_kwargs"]?["data_dir"] == nil
    else { return }
    guard let files = task["dataset_kwargs"]?["data_files"], !files.isNull else {
      // Other keys may be those files' slip, which has a finding of its own.
      if let others = task["dataset_kwargs"]?.entries, !others.isEmpty { return }
      findings.add(
        Self.finding(
          "nothing says which files `\(path.text)` is to read", at: path.span,
          help:
            "name them: `dataset_kwargs: {data_files: {\(Self.split(of: task)): rows.\(path.text == "json" ? "jsonl" : path.text)}}`"
        ))
      return
    }
    files.forEachScalar { node, _, _ in
      if node.plainText == nil, node.tag == nil, !node.isNull {
        findings.add(
          Self.finding(
            "a file is named by a text, found \(node.kind)", at: node.span,
            help: "write its path, from the task's folder or the working folder"))
      }
      guard let text = node.plainText, !text.text.contains("://"),
        !text.text.contains(where: { "*?[".contains($0) }),
        !text.text.isEmpty
      else { return }
      let beside = Paths.join(Paths.folder(of: task.leaf.file), text.text)
      if Paths.exists(beside) || Paths.exists(text.text) { return }
      let name = Paths.name(of: text.text)
      let near = Paths.names(in: Paths.folder(of: beside)).nearest(to: name)
      findings.add(
        Self.finding(
          "there is no file `\(text.text)`", at: text.span,
          help: near.map { "did you mean `\($0)`?" }
            ?? "a path starts from the task's folder or the working folder"))
    }
  }

  private static func split(of task: TaskContext) -> String { task.evaluated?.plainText?.text ?? "test" }
}
