import Diagnostics
import YAML

/// A name that stands for a value or a class, where a function is called.
struct NotAFunction: Rule {
  static let code: Diagnostic.Code = "not-a-function"
  static let family = Family.python
  static let severity = Diagnostic.Severity.error

  static let about = """
    What `!function` names is called with rows or answers. A number, a text, a list or a mapping cannot be called, and a
    class makes an object of itself in place of an answer.

    ```python helpers.py
    limits = [1, 2]
    ```
    ```yaml
    task: demo
    process_docs: !function helpers.limits
    ```
    ```diagnostics
    error[not-a-function]: `limits` in `helpers.py` is a list, and `process_docs` calls a function
     --> example.yaml:2:25
      |
    2 | process_docs: !function helpers.limits
      |                         ^^^^^^^^^^^^^^
      = help: name a function: `def limits(…):`
    ```

    ```python helpers.py
    def limits(rows):
        return rows.select([1, 2])
    ```
    ```yaml
    task: demo
    process_docs: !function helpers.limits
    ```
    """

  /// Where a class, a list or a text may stand as well.
  private static let others: Set = ["samples", "sampler", "class", "function"]

  func check(_ file: FileContext, _ findings: inout Findings) {
    for function in file.functions {
      guard let key = function.keys.last, !Self.others.contains(key), let last = function.last,
        let helper = file.helper(of: function.name), let kind = helper.valueKind(of: last)
      else { continue }
      let near = helper.functions.nearest(to: last)
      findings.add(
        Self.finding(
          "`\(last)` in `\(helper.path)` is \(kind), and `\(key)` calls a function", at: function.name.span,
          help: near.map { "did you mean `\($0)`?" } ?? "name a function: `def \(last)(…):`"))
    }
  }
}
