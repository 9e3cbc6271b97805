import Diagnostics
import YAML

/// A pattern that may take for ever.
struct UnboundedBacktracking: Rule {
  static let code: Diagnostic.Code = "unbounded-backtracking"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.warning

  static let about = """
    A repetition inside a repetition can divide the same text in very many ways, and all are tried where the rest does not
    fit. A long answer then takes longer than anybody waits.

    ```yaml
    task: demo
    filter_list:
      - name: number
        filter:
          - function: regex
            regex_pattern: "([0-9]+,?)+ apples"
          - function: take_first
    ```
    ```diagnostics
    warning[unbounded-backtracking]: a repetition inside a repetition may take for ever on a long answer
     --> example.yaml:6:25
      |
    6 |         regex_pattern: "([0-9]+,?)+ apples"
      |                         ^^^^^^^^^^^
      = help: let each round begin with something that the one before cannot end with
    ```

    ```yaml
    task: demo
    filter_list:
      - name: number
        filter:
          - function: regex
            regex_pattern: "[0-9]+(,[0-9]+)* apples"
          - function: take_first
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    file.forEachPattern { pattern, _ in
      guard let place = RepeatedRepetition.first(in: pattern.text.text) else { return }
      findings.add(
        Self.finding(
          "a repetition inside a repetition may take for ever on a long answer", at: pattern.text.span(place),
          help: "let each round begin with something that the one before cannot end with"))
    }
  }
}
