import Diagnostics
import Patterns
import YAML

/// The name of a split that no split can have.
struct OddSplitName: Rule {
  static let code: Diagnostic.Code = "odd-split-name"
  static let family = Family.data
  static let severity = Diagnostic.Severity.error

  static let about = """
    The names of splits are made of letters, digits, `_` and points. One key names one split; commas, quotes and blanks
    belong to no name.

    ```yaml
    task: demo
    test_split: test, validation
    ```
    ```diagnostics
    error[odd-split-name]: no split can be named `test, validation`
     --> example.yaml:2:13
      |
    2 | test_split: test, validation
      |             ^^^^^^^^^^^^^^^^
      = help: name one split
    ```

    ```yaml
    task: demo
    test_split: test
    validation_split: validation
    ```
    """

  private static let keys = ["test_split", "validation_split", "training_split", "fewshot_split"]
  private static let name = Pattern(constant: #"^\w+(?:\.\w+)*$"#)

  func check(_ file: FileContext, _ findings: inout Findings) {
    for settings in file.settings {
      for key in Self.keys { check(settings.last(key), key, &findings) }
      check(settings.last("fewshot_config")?.last("split"), "split", &findings)
    }
  }

  private func check(_ node: Node?, _ key: String, _ findings: inout Findings) {
    guard let text = node?.plainText, (try? Self.name.firstMatch(in: text.text)) == nil,
      // Parts of splits, and braces of templates, have rules of their own.
      !text.text.contains(where: { "[{%".contains($0) })
    else { return }
    let bare = text.text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "." || $0 == "-") }
    findings.add(
      Self.finding(
        text.text.isEmpty ? "the name of the split is empty" : "no split can be named `\(text.text)`",
        at: text.span,
        help: bare.count > 1
          ? "name one split"
          : bare.first.map { "write `\(key): \($0.replacing("-", with: "_"))`" }
            ?? "name a split, such as `test`"))
  }
}
