import Diagnostics
import YAML

/// A function that takes other arguments than it is given.
struct WrongParameters: Rule {
  static let code: Diagnostic.Code = "wrong-parameters"
  static let family = Family.python
  static let severity = Diagnostic.Severity.error

  static let about = #"""
    Each key calls its function with arguments of its own: `process_results` with the row and the answers, those that phrase a
    prompt with the row alone. The file is read, and not run.

    ```python utils.py
    def score(results):
        return {"acc": 1.0}
    ```
    ```yaml
    task: demo
    process_results: !function utils.score
    ```
    ```diagnostics
    error[wrong-parameters]: `score` takes 1 argument(s), and `process_results` gives it 2: the row and the answers
     --> example.yaml:2:28
      |
    2 | process_results: !function utils.score
      |                            ^^^^^^^^^^^
      = help: change the function in `utils.py`, or name another
    ```

    ```python utils.py
    def score(doc, results, **kwargs):
        return {"acc": 1.0}
    ```
    ```yaml
    task: demo
    process_results: !function utils.score
    ```
    """#

  /// How many arguments each key gives, and what they are.
  private static let given: [String: (count: Int, words: String)] = [
    "doc_to_text": (1, "the row"), "doc_to_target": (1, "the row"), "doc_to_choice": (1, "the row"),
    "doc_to_image": (1, "the row"), "doc_to_audio": (1, "the row"), "process_docs": (1, "the rows"),
    "process_results": (2, "the row and the answers"), "aggregation": (1, "all values"),
    "samples": (0, "nothing"),
  ]

  func check(_ file: FileContext, _ findings: inout Findings) {
    for function in file.functions {
      guard let key = function.keys.last, let given = Self.given[key] else { continue }
      // Groups take the mean, whatever function they name; groups stand in groups.
      if function.keys.contains("aggregate_metric_list") { continue }
      guard let last = function.last, let helper = file.helper(of: function.name),
        let takes = helper.parameters(of: last), !takes.contains(given.count)
      else { continue }
      findings.add(
        Self.finding(
          "`\(last)` takes \(Self.words(takes, given.count)), and `\(key)` gives it \(given.count): \(given.words)",
          at: function.name.span, help: "change the function in `\(helper.path)`, or name another"))
    }
  }

  private static func words(_ takes: ClosedRange<Int>, _ given: Int) -> String {
    if takes.lowerBound == takes.upperBound { return "\(takes.lowerBound) argument(s)" }
    return given < takes.lowerBound
      ? "at least \(takes.lowerBound) argument(s)" : "at most \(takes.upperBound) argument(s)"
  }
}
