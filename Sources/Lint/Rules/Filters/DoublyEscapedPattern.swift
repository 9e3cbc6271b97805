import Diagnostics
import Patterns
import YAML

/// Two backslashes where a pattern needs one.
struct DoublyEscapedPattern: Rule {
  static let code: Diagnostic.Code = "doubly-escaped-pattern"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    Outside double quotes YAML keeps both backslashes of `\\d`, and the pattern looks for a backslash and a `d`.

    ```yaml
    task: demo
    filter_list:
      - name: number
        filter:
          - function: regex
            regex_pattern: '(\\d+)'
          - function: take_first
    ```
    ```diagnostics
    warning[doubly-escaped-pattern]: `\\d` is a backslash and then `d` to the pattern
     --> example.yaml:6:26
      |
    6 |         regex_pattern: '(\\d+)'
      |                          ^^^
      = help: write one backslash, or use double quotes
    ```

    ```yaml
    task: demo
    filter_list:
      - name: number
        filter:
          - function: regex
            regex_pattern: "(\\d+)"
          - function: take_first
    ```
    """#

  private static let doubled = Pattern(constant: #"(?<!\\)\\\\(?:[dDwWsS](?![a-zA-Z])|[-.,$])"#)

  func check(_ file: FileContext, _ findings: inout Findings) {
    file.forEachPattern { pattern, _ in
      guard let match = try? Self.doubled.firstMatch(in: pattern.text.text) else { return }
      let letter = String(pattern.text.text.utf8.dropFirst(match.range.upperBound - 1).prefix(1)) ?? ""
      findings.add(
        Self.finding(
          "`\\\\\(letter)` is a backslash and then `\(letter)` to the pattern",
          at: pattern.text.span(match.range),
          help: "write one backslash, or use double quotes"))
    }
  }
}
