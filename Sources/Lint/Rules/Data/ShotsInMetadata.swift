import Diagnostics
import Values
import YAML

/// `num_fewshot` in the metadata.
struct ShotsInMetadata: Rule {
  static let code: Diagnostic.Code = "shots-in-metadata"
  static let family = Family.data
  static let severity = Diagnostic.Severity.note

  static let about = """
    Metadata is notes. `num_fewshot` there asks for no examples; results would show it beside the number that really was.

    ```yaml
    task: demo
    metadata:
      version: 1.0
      num_fewshot: 5
    ```
    ```diagnostics
    note[shots-in-metadata]: `num_fewshot` in `metadata` asks for no examples
     --> example.yaml:4:3
      |
    4 |   num_fewshot: 5
      |   ^^^^^^^^^^^
      = help: write it at the top of the file, or remove it
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    guard let entry = file.value("metadata")?.entry("num_fewshot") else { return }
    let isSaid = file.value("num_fewshot")?.value == entry.value.value
    if isSaid { return }
    findings.add(
      Self.finding(
        "`num_fewshot` in `metadata` asks for no examples", at: entry.key.span,
        help: "write it at the top of the file, or remove it"))
  }
}
