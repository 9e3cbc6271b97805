import Diagnostics
import YAML

/// A helper that needs files of other folders.
struct HelperOutsideFolder: Rule {
  static let code: Diagnostic.Code = "helper-outside-folder"
  static let family = Family.python
  static let severity = Diagnostic.Severity.note

  static let about = """
    A task folder that others can copy holds all that it needs. A helper that imports from other task folders, or changes
    where Python looks for modules, works only where it was written.

    ```python utils.py
    import sys
    sys.path.append("..")
    from other import clean

    def process(dataset):
        return dataset
    ```
    ```yaml
    task: demo
    process_docs: !function utils.process
    ```
    ```diagnostics
    note[helper-outside-folder]: `utils.py` reaches outside its folder: `sys.path.append("..")`
     --> example.yaml:2:25
      |
    2 | process_docs: !function utils.process
      |                         ^^^^^^^^^^^^^
      = help: keep what the task needs in its own folder
    ```
    """

  func check(_ tree: TreeContext, _ findings: inout Findings) {
    for (name, helper) in tree.namedHelpers {
      guard let reason = helper.outside else { continue }
      findings.add(
        Self.finding(
          "`\(helper.path)` reaches outside its folder: `\(reason)`", at: name.span,
          help: "keep what the task needs in its own folder"))
    }
  }
}
