import Diagnostics
import Metrics
import YAML

/// A filter of texts where nothing is written.
struct FilterDoesNotFit: Rule {
  static let code: Diagnostic.Code = "filter-does-not-fit"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.error

  static let about = """
    With other output types than `generate_until` there are likelihoods to filter, no texts. A filter of texts finds
    nothing in them, or fails.

    ```yaml
    task: demo
    output_type: multiple_choice
    filter_list:
      - name: number
        filter:
          - function: regex
            regex_pattern: "([0-9]+)"
          - function: take_first
    ```
    ```diagnostics
    error[filter-does-not-fit]: `regex` filters texts, and `multiple_choice` has none
     --> example.yaml:6:19
      |
    6 |       - function: regex
      |                   ^^^^^
      = help: remove `filter_list`, or write `output_type: generate_until`
    ```
    """

  private static let textFilters: Set = [
    "regex", "multi_choice_regex", "remove_whitespace", "lowercase", "uppercase", "regex_pos", "format_span",
  ]

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard let type = task.outputType, type != .generateUntil else { return }
    for (_, steps) in task.pipelines {
      for step in steps {
        guard let name = step["function"]?.plainText, Self.textFilters.contains(name.text) else { continue }
        findings.add(
          Self.finding(
            "`\(name.text)` filters texts, and `\(type.rawValue)` has none", at: name.span,
            help: "remove `filter_list`, or write `output_type: generate_until`"))
      }
    }
  }
}
