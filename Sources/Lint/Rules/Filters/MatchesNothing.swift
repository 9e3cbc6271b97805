import Diagnostics
import Patterns
import YAML

/// A pattern that also matches an empty text.
struct MatchesNothing: Rule {
  static let code: Diagnostic.Code = "matches-nothing"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.warning

  static let about = """
    A pattern that can match nothing at all matches everywhere. The first match is then empty, the answer with it, and the
    fallback is never used.

    ```yaml
    task: demo
    filter_list:
      - name: number
        filter:
          - function: regex
            regex_pattern: "[0-9]*"
          - function: take_first
    ```
    ```diagnostics
    warning[matches-nothing]: the pattern also matches an empty text, which is what it finds first
     --> example.yaml:6:24
      |
    6 |         regex_pattern: "[0-9]*"
      |                        ^^^^^^^^
      = help: write `+` where at least one is meant
    ```

    ```yaml
    task: demo
    filter_list:
      - name: number
        filter:
          - function: regex
            regex_pattern: "[0-9]+"
          - function: take_first
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    file.forEachPattern { pattern, _ in
      guard let match = try? pattern.compiled.firstMatch(in: "~ ~"), match.range.isEmpty,
        (try? pattern.compiled.firstMatch(in: ""))?.range.isEmpty == true
      else { return }
      // One that is tied to the end of the answer looks for something else.
      if pattern.text.text.hasSuffix("$") || pattern.text.text.hasPrefix("^") { return }
      findings.add(
        Self.finding(
          "the pattern also matches an empty text, which is what it finds first", at: pattern.text.span,
          help: "write `+` where at least one is meant"))
    }
  }
}
