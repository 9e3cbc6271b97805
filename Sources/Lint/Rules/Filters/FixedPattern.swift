import Diagnostics
import YAML

/// A pattern that can only find one text.
struct FixedPattern: Rule {
  static let code: Diagnostic.Code = "fixed-pattern"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    A pattern without any sign for a class, a repetition or a choice finds the text that it is, in each answer that has it:
    what is scored is the same for all of them. What follows a mark is found by a group behind it.

    ```yaml
    task: demo
    filter_list:
    - name: number
      filter:
      - function: regex
        regex_pattern: '####'
    ```
    ```diagnostics
    warning[fixed-pattern]: the pattern finds nothing but the text `####` itself
     --> example.yaml:6:20
      |
    6 |     regex_pattern: '####'
      |                    ^^^^^^
      = help: add what is to be kept: `#### (.+)`
    ```

    ```yaml
    task: demo
    filter_list:
    - name: number
      filter:
      - function: regex
        regex_pattern: '#### (\d+)'
    ```
    """#

  private static let signs = Array(#"\[](){}.*+?|^$"#.utf8)

  func check(_ file: FileContext, _ findings: inout Findings) {
    file.forEachPattern { pattern, step in
      guard step["function"]?.plainText?.text == "regex", !pattern.text.text.isEmpty,
        pattern.text.text.utf8.allSatisfy({ !Self.signs.contains($0) })
      else { return }
      findings.add(
        Self.finding(
          "the pattern finds nothing but the text `\(pattern.text.text)` itself", at: pattern.text.span,
          help: "add what is to be kept: `\(pattern.text.text) (.+)`"))
    }
  }
}
