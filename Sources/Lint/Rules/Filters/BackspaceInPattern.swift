import Diagnostics
import YAML

/// A backspace where the edge of a word was meant.
struct BackspaceInPattern: Rule {
  static let code: Diagnostic.Code = "backspace-in-pattern"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.error

  static let about = #"""
    In double quotes YAML reads `\b` as the character backspace, which no answer has. A pattern's edge of a word is `\\b`
    there, or `\b` in single quotes.

    ```yaml
    task: demo
    filter_list:
      - name: letter
        filter:
          - function: regex
            regex_pattern: "\b([A-D])\b"
          - function: take_first
    ```
    ```diagnostics
    error[backspace-in-pattern]: this is the character backspace, no edge of a word
     --> example.yaml:6:25
      |
    6 |         regex_pattern: "\b([A-D])\b"
      |                         ^
      = help: write two backslashes, or use single quotes
    ```

    ```yaml
    task: demo
    filter_list:
      - name: letter
        filter:
          - function: regex
            regex_pattern: '\b([A-D])\b'
          - function: take_first
    ```
    """#

  func check(_ file: FileContext, _ findings: inout Findings) {
    file.forEachPattern { pattern, _ in
      guard let at = Array(pattern.text.text.utf8).firstIndex(of: 8) else { return }
      findings.add(
        Self.finding(
          "this is the character backspace, no edge of a word", at: pattern.text.span(at..<(at + 1)),
          help: "write two backslashes, or use single quotes"))
    }
  }
}
