import Diagnostics
import YAML

/// A filter behind `take_first`.
struct FilterAfterTakeFirst: Rule {
  static let code: Diagnostic.Code = "filter-after-take-first"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.error

  static let about = """
    `take_first` leaves one text in the place of a list of answers. A filter behind it that goes through answers goes
    through the letters of that text.

    ```yaml
    task: demo
    filter_list:
      - name: number
        filter:
          - function: take_first
          - function: regex
            regex_pattern: "([0-9]+)"
    ```
    ```diagnostics
    error[filter-after-take-first]: `regex` behind `take_first` goes through the letters of one answer
     --> example.yaml:6:19
      |
    6 |       - function: regex
      |                   ^^^^^
     ::: example.yaml:5:19
      |
    5 |       - function: take_first
      |                   ---------- one answer is left from here on
      = help: put `take_first` last
    ```

    ```yaml
    task: demo
    filter_list:
      - name: number
        filter:
          - function: regex
            regex_pattern: "([0-9]+)"
          - function: take_first
    ```
    """

  private static let listFilters: Set = [
    "regex", "multi_choice_regex", "remove_whitespace", "lowercase", "uppercase", "map", "majority_vote",
    "take_first",
    "take_first_k", "regex_pos", "format_span",
  ]

  private static func isLetterTable(_ steps: ArraySlice<Node>) -> Bool {
    guard steps.count == 2, let map = steps.first, map["function"]?.plainText?.text == "map",
      steps.last?["function"]?.plainText?.text == "take_first"
    else { return false }
    return map["mapping_dict"]?.entries?.allSatisfy { $0.key.value.unicodeScalars.count == 1 } ?? false
  }

  func check(_ file: FileContext, _ findings: inout Findings) {
    for pipeline in file.values("filter_list").flatMap({ $0.items ?? [] }) {
      let steps = pipeline["filter"]?.items ?? []
      guard let first = steps.firstIndex(where: { $0["function"]?.plainText?.text == "take_first" }),
        let taken = steps[first]["function"]
      else { continue }
      // Looked up letter by letter and taken again, an answer of one letter comes out right.
      if Self.isLetterTable(steps[(first + 1)...]) { continue }
      for step in steps[(first + 1)...] {
        guard let name = step["function"]?.plainText, Self.listFilters.contains(name.text) else { continue }
        findings.add(
          Self.finding(
            name.text == "take_first"
              ? "a second `take_first` leaves the first letter of the answer"
              : "`\(name.text)` behind `take_first` goes through the letters of one answer", at: name.span,
            labels: [Diagnostic.Label("one answer is left from here on", at: taken.span)],
            help: "put `take_first` last"))
      }
    }
  }
}
