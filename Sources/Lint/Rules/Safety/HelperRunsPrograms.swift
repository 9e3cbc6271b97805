import Diagnostics
import YAML

/// A helper that runs programs or code.
struct HelperRunsPrograms: Rule {
  static let code: Diagnostic.Code = "helper-runs-programs"
  static let family = Family.safety
  static let severity = Diagnostic.Severity.note

  static let about = """
    A function of this task starts programs or runs text as code. Whoever runs the task should know.

    ```python utils.py
    import subprocess

    def process(dataset):
        subprocess.run(["ls"])
        return dataset
    ```
    ```yaml
    task: demo
    process_docs: !function utils.process
    ```
    ```diagnostics
    note[helper-runs-programs]: `utils.py` runs programs or code: `subprocess.run(["ls"])`
     --> example.yaml:2:25
      |
    2 | process_docs: !function utils.process
      |                         ^^^^^^^^^^^^^
      = help: say so with `unsafe_code: true`, or do without
    ```

    ```python utils.py
    import subprocess

    def process(dataset):
        subprocess.run(["ls"])
        return dataset
    ```
    ```yaml
    task: demo
    process_docs: !function utils.process
    unsafe_code: true
    ```
    """

  func check(_ tree: TreeContext, _ findings: inout Findings) {
    for (name, helper) in tree.namedHelpers(where: { $0.value("unsafe_code")?.isTrue != true }) {
      guard let reason = helper.running else { continue }
      findings.add(
        Self.finding(
          "`\(helper.path)` runs programs or code: `\(reason)`", at: name.span,
          help: "say so with `unsafe_code: true`, or do without"))
    }
  }
}
