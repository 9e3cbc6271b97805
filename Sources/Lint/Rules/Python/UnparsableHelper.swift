import Diagnostics
import TaskDSL

/// A helper that Python cannot parse.
struct UnparsableHelper: Rule {
  static let code: Diagnostic.Code = "unparsable-helper"
  static let family = Family.python
  static let severity = Diagnostic.Severity.error

  static let about = """
    The Python file beside the task is not Python: a bracket or a quote is not closed, a `:` is missing, a block is not
    indented. None of its functions can be called, which shows only when the first one is wanted. The file is read and not
    run; quotes, brackets, blocks and indentation are looked at, so that another mistake of syntax may remain.

    ```python utils.py
    def clean(dataset):
        return dataset.map(lambda row: {"text": row["text"].strip()}
    ```
    ```yaml
    task: demo
    process_docs: !function utils.clean
    ```
    ```diagnostics
    error[unparsable-helper]: `utils.py` is not Python: in line 2, the `(` is never closed
     --> example.yaml:2:25
      |
    2 | process_docs: !function utils.clean
      |                         ^^^^^^^^^^^
      = help: mend the file; `python3 -m py_compile utils.py` says what Python finds
    ```

    ```python utils.py
    def clean(dataset):
        return dataset.map(
            lambda row: {"text": row["text"].strip()}  # (
        )
    ```
    ```yaml
    task: demo
    process_docs: !function utils.clean
    ```
    """

  func check(_ tree: TreeContext, _ findings: inout Findings) {
    for (name, helper) in tree.namedHelpers {
      guard let trouble = helper.trouble else { continue }
      findings.add(
        Self.finding(
          "`\(helper.path)` is not Python: in line \(trouble.line), \(trouble.words)", at: name.span,
          help: "mend the file; `python3 -m py_compile \(helper.path)` says what Python finds"))
    }
  }
}
