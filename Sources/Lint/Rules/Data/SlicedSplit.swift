import Diagnostics
import YAML

/// A split that is cut in its name.
struct SlicedSplit: Rule {
  static let code: Diagnostic.Code = "sliced-split"
  static let family = Family.data
  static let severity = Diagnostic.Severity.warning

  static let about = """
    `test[:100]` takes the first rows of a split, which are seldom a fair sample, and whoever reads the score does not see
    it. --limit does the same where it shows in the results.

    ```yaml
    task: demo
    test_split: "test[:100]"
    ```
    ```diagnostics
    warning[sliced-split]: `test[:100]` evaluates a part of the split
     --> example.yaml:2:13
      |
    2 | test_split: "test[:100]"
      |             ^^^^^^^^^^^^
      = help: name the split alone, and give --limit
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    for key in ["test_split", "validation_split"] {
      guard let split = file.value(key)?.plainText, split.text.contains("[") else { continue }
      findings.add(
        Self.finding(
          "`\(split.text)` evaluates a part of the split", at: split.span,
          help: "name the split alone, and give --limit"))
    }
  }
}
