import Diagnostics
import YAML

/// `None`, which is no null to YAML.
struct NoneIsText: Rule {
  static let code: Diagnostic.Code = "none-is-text"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    `None` is Python's word. To YAML it is the text `None`; nothing is `null`, or no value at all.

    ```yaml
    task: demo
    test_split: None
    ```
    ```diagnostics
    warning[none-is-text]: `None` is a text to YAML, and not nothing
     --> example.yaml:2:13
      |
    2 | test_split: None
      |             ^^^^
      = help: write `null`
      = fix: replace with `null`
    ```
    ```yaml fixed
    task: demo
    test_split: null
    ```

    ```yaml
    task: demo
    test_split: null
    ```
    """#

  /// Where `None` may well be a text.
  private static let texts: Set = [
    "doc_to_choice", "until", "samples", "fallback", "metadata", "mapping_dict", "default_value",
    "task_alias",
    "group_alias", "doc_to_target", "regexes_to_ignore",
  ]

  func check(_ file: FileContext, _ findings: inout Findings) {
    guard file.source.text.holds("None") else { return }
    file.root?.forEachScalar { node, scalar, path in
      guard scalar.style == .plain, node.tag == nil, scalar.text.text == "None",
        Self.texts.isDisjoint(with: path)
      else { return }
      findings.add(
        Self.finding(
          "`None` is a text to YAML, and not nothing", at: node.span, help: "write `null`",
          fix: .replace(node.span, with: "null", safety: .needsReview)))
    }
  }
}
