import Diagnostics
import YAML

/// A pattern between slashes.
struct SlashedPattern: Rule {
  static let code: Diagnostic.Code = "slashed-pattern"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    Other languages write patterns between slashes, with flags behind them. To Python's `re` the slashes are characters that
    an answer must hold.

    ```yaml
    task: demo
    filter_list:
    - name: number
      filter:
      - function: regex
        regex_pattern: '/answer: (\d+)/i'
    ```
    ```diagnostics
    warning[slashed-pattern]: the slashes around the pattern are part of it
     --> example.yaml:6:20
      |
    6 |     regex_pattern: '/answer: (\d+)/i'
      |                    ^^^^^^^^^^^^^^^^^^
      = help: write `(?i)answer: (\d+)`
    ```

    ```yaml
    task: demo
    filter_list:
    - name: number
      filter:
      - function: regex
        regex_pattern: '(?i)answer: (\d+)'
    ```
    """#

  func check(_ file: FileContext, _ findings: inout Findings) {
    file.forEachPattern { pattern, _ in
      let text = pattern.text.text
      guard text.hasPrefix("/"), let last = text.lastIndex(of: "/"), last != text.startIndex,
        text[text.index(after: last)...].allSatisfy({ "gimsuy".contains($0) })
      else { return }
      let flags = text[text.index(after: last)...].filter { "ims".contains($0) }
      let inner = text[text.index(after: text.startIndex)..<last]
      findings.add(
        Self.finding(
          "the slashes around the pattern are part of it", at: pattern.text.span,
          help: "write `\(flags.isEmpty ? "" : "(?\(flags))")\(inner)`"))
    }
  }
}
