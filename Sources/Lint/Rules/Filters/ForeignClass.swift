import Diagnostics
import Patterns
import YAML

/// A class of characters as other dialects write it.
struct ForeignClass: Rule {
  static let code: Diagnostic.Code = "foreign-class"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    Python's patterns have no `[:digit:]`: it is a class of the characters between its brackets.

    ```yaml
    task: demo
    filter_list:
    - name: number
      filter:
      - function: regex
        regex_pattern: '([[:digit:]]+)'
    ```
    ```diagnostics
    warning[foreign-class]: `[:digit:]` is a class of other dialects, and here one of the letters of its name
     --> example.yaml:6:23
      |
    6 |     regex_pattern: '([[:digit:]]+)'
      |                       ^^^^^^^^^
      = help: write `\d`
    ```

    ```yaml
    task: demo
    filter_list:
    - name: number
      filter:
      - function: regex
        regex_pattern: '(\d+)'
    ```
    """#

  private static let classes = [
    "alpha": "[^\\W\\d_]", "digit": "\\d", "alnum": "[^\\W_]", "space": "\\s", "upper": "A-Z", "lower": "a-z",
    "punct": "[^\\w\\s]", "word": "\\w", "xdigit": "0-9a-fA-F", "blank": "[ \\t]",
  ]
  private static let written = Pattern(constant: #"\[:\^?(\w+):\]"#)

  func check(_ file: FileContext, _ findings: inout Findings) {
    file.forEachPattern { pattern, _ in
      guard pattern.text.text.holds("[:"), let match = try? Self.written.firstMatch(in: pattern.text.text),
        let inner = match.ranges[1]
      else { return }
      let name =
        String(pattern.text.text.utf8.dropFirst(inner.lowerBound).prefix(inner.count)) ?? ""
      guard let python = Self.classes[name] else { return }
      findings.add(
        Self.finding(
          "`[:\(name):]` is a class of other dialects, and here one of the letters of its name",
          at: pattern.text.span(match.range), help: "write `\(python)`"))
    }
  }
}
