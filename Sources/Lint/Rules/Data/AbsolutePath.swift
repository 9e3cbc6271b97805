import Diagnostics
import YAML

/// A path of one machine.
struct AbsolutePath: Rule {
  static let code: Diagnostic.Code = "absolute-path"
  static let family = Family.data
  static let severity = Diagnostic.Severity.warning

  static let about = """
    A path from the top of a disk is there on one machine alone.

    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs:
      data_files: /data/rows.jsonl
    ```
    ```diagnostics
    warning[absolute-path]: `/data/rows.jsonl` is there on one machine alone
     --> example.yaml:4:15
      |
    4 |   data_files: /data/rows.jsonl
      |               ^^^^^^^^^^^^^^^^
      = help: write the path as seen from the file's folder
    ```

    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs:
      data_files: rows.jsonl
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    var texts = [file.value("dataset_path")?.plainText].compactMap(\.self)
    for key in ["data_files", "data_dir", "data_file"] {
      file.value("dataset_kwargs")?.last(key)?.forEachScalar { node, _, _ in
        if let text = node.plainText { texts.append(text) }
      }
    }
    texts += (file.value("include")?.oneOrMore ?? []).compactMap(\.plainText)
    for text in texts where text.text.hasPrefix("/") || text.text.hasPrefix("~") {
      findings.add(
        Self.finding(
          "`\(text.text)` is there on one machine alone", at: text.span,
          help: "write the path as seen from the file's folder"))
    }
  }
}
