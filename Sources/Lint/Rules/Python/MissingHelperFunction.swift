import Diagnostics
import YAML

/// A function that its file does not have.
struct MissingHelperFunction: Rule {
  static let code: Diagnostic.Code = "missing-helper-function"
  static let family = Family.python
  static let severity = Diagnostic.Severity.error

  static let about = """
    The Python file beside the task has no such name. Only calling the function would show it: after the model has been
    loaded.

    ```python utils.py
    def process(dataset):
        return dataset
    ```
    ```yaml
    task: demo
    process_docs: !function utils.proces
    ```
    ```diagnostics
    error[missing-helper-function]: `utils.py` has no `proces`
     --> example.yaml:2:25
      |
    2 | process_docs: !function utils.proces
      |                         ^^^^^^^^^^^^
      = help: did you mean `process`?
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    for name in file.functions.map(\.name) {
      let parts = name.value.split(separator: ".").map(String.init)
      guard parts.count == 2, let helper = file.helper(of: name), !helper.isOpen,
        !helper.mentions(parts[1]), parts[1].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
      else { continue }
      let near = helper.definitions.nearest(to: parts[1])
      let defined = helper.definitions.prefix(8).joined(separator: ", ")
      findings.add(
        Self.finding(
          "`\(helper.path)` has no `\(parts[1])`", at: name.span,
          help: near.map { "did you mean `\($0)`?" } ?? (defined.isEmpty ? nil : "it has \(defined)")))
    }
  }
}
