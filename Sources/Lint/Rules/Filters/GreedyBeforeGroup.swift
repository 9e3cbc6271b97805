import Diagnostics
import Patterns
import YAML

/// `.*` right before the group that is wanted.
struct GreedyBeforeGroup: Rule {
  static let code: Diagnostic.Code = "greedy-before-group"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.warning

  static let about = """
    `.*` takes as much as it can. Right before a group of digits it takes all digits but the last: of `42` the group gets
    `2`.

    ```yaml
    task: demo
    filter_list:
      - name: number
        filter:
          - function: regex
            regex_pattern: "answer.*([0-9]+)"
          - function: take_first
    ```
    ```diagnostics
    warning[greedy-before-group]: `.*` leaves the group after it one digit
     --> example.yaml:6:31
      |
    6 |         regex_pattern: "answer.*([0-9]+)"
      |                               ^^
      = help: write `.*?`, or what may not stand between: `[^0-9]*`
    ```

    ```yaml
    task: demo
    filter_list:
      - name: number
        filter:
          - function: regex
            regex_pattern: "answer[^0-9]*([0-9]+)"
          - function: take_first
    ```
    """

  private static let greedy = Pattern(
    constant: #"(?<!\\)\.[*+]\((?:\?P<\w+>)?(?:-\??|\[-[^\]]*\]\??)?(?:\\d|\[0-9[^\]]*\])[+*{]"#)

  func check(_ file: FileContext, _ findings: inout Findings) {
    file.forEachPattern { pattern, _ in
      guard let match = try? Self.greedy.firstMatch(in: pattern.text.text) else { return }
      let start = match.range.lowerBound
      findings.add(
        Self.finding(
          "`\(String(decoding: Array(pattern.text.text.utf8)[start..<(start + 2)], as: UTF8.self))` leaves the group after it one digit",
          at: pattern.text.span(start..<(start + 2)),
          help: "write `.*?`, or what may not stand between: `[^0-9]*`"))
    }
  }
}
