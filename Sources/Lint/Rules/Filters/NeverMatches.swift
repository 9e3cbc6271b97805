import Diagnostics
import YAML

/// A pattern that nothing can match.
struct NeverMatches: Rule {
  static let code: Diagnostic.Code = "never-matches"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    `$` stands for the end of the answer and `^` for its start, so that nothing can come behind the one or before the other.
    A dollar sign is `\$`.

    ```yaml
    task: demo
    filter_list:
    - name: number
      filter:
      - function: regex
        regex_pattern: '$(\d+)'
    ```
    ```diagnostics
    warning[never-matches]: nothing can stand behind `$`, the end of the answer, so that the pattern never matches
     --> example.yaml:6:21
      |
    6 |     regex_pattern: '$(\d+)'
      |                     ^
      = help: a dollar sign is `\$`
    ```

    ```yaml
    task: demo
    filter_list:
    - name: number
      filter:
      - function: regex
        regex_pattern: '\$(\d+)$'
    ```
    """#

  func check(_ file: FileContext, _ findings: inout Findings) {
    file.forEachPattern { pattern, _ in
      guard let (place, mark) = MisplacedAnchor.first(in: pattern.text.text) else { return }
      let isEnd = mark == UInt8(ascii: "$")
      findings.add(
        Self.finding(
          isEnd
            ? "nothing can stand behind `$`, the end of the answer, so that the pattern never matches"
            : "nothing can stand before `^`, the start of the answer, so that the pattern never matches",
          at: pattern.text.span(place..<(place + 1)),
          help: isEnd ? #"a dollar sign is `\$`"# : #"a caret is `\^`"#))
    }
  }
}
