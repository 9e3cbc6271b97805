import Diagnostics
import Patterns
import YAML

/// A range that reaches from capitals to small letters.
struct WideRange: Rule {
  static let code: Diagnostic.Code = "wide-range"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    Between `Z` and `a` stand six signs: brackets, backslash, `^`, `_` and a backtick. `[A-z]` finds them too.

    ```yaml
    task: demo
    filter_list:
    - name: word
      filter:
      - function: regex
        regex_pattern: '([A-z]+)'
    ```
    ```diagnostics
    warning[wide-range]: `A-z` has the signs between `Z` and `a` in it too, such as `_` and `[`
     --> example.yaml:6:23
      |
    6 |     regex_pattern: '([A-z]+)'
      |                       ^^^
      = help: write `A-Za-z`
    ```

    ```yaml
    task: demo
    filter_list:
    - name: word
      filter:
      - function: regex
        regex_pattern: '([A-Za-z]+)'
    ```
    """#

  private static let range = Pattern(constant: #"(?<=\[|[^\\\]])[A-Z]-[a-z](?=[^\[]*\])"#)

  func check(_ file: FileContext, _ findings: inout Findings) {
    file.forEachPattern { pattern, _ in
      guard pattern.text.text.holds("["), let match = try? Self.range.firstMatch(in: pattern.text.text) else {
        return
      }
      let written = String(pattern.text.text.utf8.dropFirst(match.range.lowerBound).prefix(3)) ?? "A-z"
      let (first, last) = (written.prefix(1), written.suffix(1))
      findings.add(
        Self.finding(
          "`\(written)` has the signs between `Z` and `a` in it too, such as `_` and `[`",
          at: pattern.text.span(match.range), help: "write `\(first)-Za-\(last)`"))
    }
  }
}
