import Diagnostics
import YAML

/// A task in a `.yml` file is not found.
struct YmlNeverScanned: Rule {
  static let code: Diagnostic.Code = "yml-never-scanned"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.warning

  static let about = """
    Folders are searched for files that end in `.yaml`; a task in a file that ends in `.yml` is never found.

    A base without a name may end as it likes, since others include it by its path.

    ```yaml demo.yml
    task: hidden
    ```
    ```yaml
    task: demo
    ```
    ```diagnostics
    warning[yml-never-scanned]: no folder search finds this file, because its name ends in `.yml`
     --> demo.yml:1:7
      |
    1 | task: hidden
      |       ^^^^^^
      = help: rename it to end in `.yaml`
    ```
    """

  func check(_ tree: TreeContext, _ findings: inout Findings) {
    for file in tree.yml + tree.files.filter({ $0.path.hasSuffix(".yml") }) {
      guard let name = file.value("task") ?? file.value("group") else { continue }
      findings.add(
        Self.finding(
          "no folder search finds this file, because its name ends in `.yml`", at: name.span,
          help: "rename it to end in `.yaml`"))
    }
  }
}
