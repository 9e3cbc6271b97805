import Diagnostics
import TaskDSL
import YAML

/// A file without a name that nothing includes.
struct UnusedBase: Rule {
  static let code: Diagnostic.Code = "unused-base"
  static let family = Family.groups
  static let severity = Diagnostic.Severity.note
  static let presets: Set<Preset> = []

  static let about = """
    A file with neither `task` nor `group` is there for others to include. One that no file includes has no effect.

    ```yaml
    output_type: generate_until
    doc_to_text: "{{question}}"
    ```
    ```diagnostics
    note[unused-base]: this file has neither `task` nor `group`, and nothing includes it
     --> example.yaml:1:1
      |
    1 | output_type: generate_until
      | ^^^^^^^^^^^
      = help: give it a name, or remove it
    ```
    """

  func check(_ tree: TreeContext, _ findings: inout Findings) {
    let included = tree.includedPaths
    for file in tree.files {
      guard case .base? = file.role, !included.contains(file.path), let first = file.root?.entries?.first
      else { continue }
      findings.add(
        Self.finding(
          "this file has neither `task` nor `group`, and nothing includes it", at: first.key.span,
          help: "give it a name, or remove it"))
    }
  }
}
