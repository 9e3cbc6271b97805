import Diagnostics
import Metrics
import Runs
import TaskDSL
import Values
import YAML

/// Right answers that do not score best.
struct GoldScoresLow: Rule {
  static let code: Diagnostic.Code = "gold-scores-low"
  static let family = Family.metrics
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = #"""
    A model that gives each row's right answer gets less than the best score, so no model can get it. The right answer is
    phrased as an example is: it is cut at the stop strings, goes through each pipeline of filters, and is scored. For
    choices the right one is made certain. Where the answer by itself fails, it is tried in the words of the task's
    examples, and in those that a regular expression of the pipeline looks for; what scores best in any of these is sound.
    Perplexities have no best score and are left out. `assay lint --self-test` tests more rows, and calls Python functions;
    where those score, this is a warning, since only they know where the right answer stands.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    {"question": "10 * 100", "answer": "1,000"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}} ="
    doc_to_target: "{{answer}}"
    target_delimiter: ""
    generation_kwargs: {until: ["\n"]}
    filter_list:
      - name: number
        filter:
          - {function: regex, regex_pattern: "(-?[0-9]+)"}
          - {function: take_first}
    metric_list:
      - metric: exact_match
    ```
    ```diagnostics
    error[gold-scores-low]: 1 of 2 right answers does not score best after `number`
     --> example.yaml:6:16
      |
    6 | doc_to_target: "{{answer}}"
      |                ^^^^^^^^^^^^
     ::: example.yaml:10:11
      |
    10 |   - name: number
      |           ------ what becomes of them
      = note: row 1: the answer '1,000', right is '1,000'
                regex        ['1']
                take_first   '1'
                exact_match  0.0, best is 1
      = help: mend the filters, the metric's settings or `doc_to_target`, until each right answer scores best
    ```

    ```jsonl rows.jsonl
    {"question": "10 * 100", "answer": "1,000"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}} ="
    doc_to_target: "{{answer}}"
    target_delimiter: ""
    generation_kwargs: {until: ["\n"]}
    filter_list:
      - name: number
        filter:
          - {function: regex, regex_pattern: "(-?[0-9,]+)"}
          - {function: take_first}
    metric_list:
      - metric: exact_match
    ```
    """#

  func check(_ rows: RowsContext, _ findings: inout Findings) {
    guard let test = rows.selfTest, let plan = rows.plan else { return }
    for result in test.pipelines where !result.isSound {
      let isForeign = plan.results != nil
      var finding = Self.finding(
        Self.message(result, of: test, plan), at: rows.goldPlace,
        labels: rows.pipelinePlace(result.name).map { [Diagnostic.Label("what becomes of them", at: $0)] }
          ?? [],
        help: isForeign
          ? "look at what the function makes of such an answer"
          : "mend the filters, the metric's settings or `doc_to_target`, until each right answer scores best")
      if isForeign { finding.severity = .warning }
      finding.note = result.failures.map(\.story).joined(separator: "\n")
      findings.add(finding)
    }
  }

  private static func message(
    _ result: SelfTestResult.PipelineResult, of test: SelfTestResult, _ plan: PlannedTask
  ) -> String {
    let many =
      test.documentCount == 1
      ? "the right answer of the only row" : "\(result.failureCount) of \(test.documentCount) right answers"
    let verb = test.documentCount == 1 || result.failureCount == 1 ? "does" : "do"
    let place = plan.pipelines.count > 1 || result.name != "none" ? " after `\(result.name)`" : ""
    return "\(many) \(verb) not score best\(place)"
  }
}

extension RowsContext {
  /// Where the right answers are named.
  var goldPlace: SourceSpan {
    (task["doc_to_target"] ?? task["metric_list"])?.span ?? task.place
  }

  /// Where a pipeline is named.
  func pipelinePlace(_ name: String) -> SourceSpan? {
    task.pipelines.first { $0.name?.plainText?.text == name }?.name?.span
  }
}

extension SelfTestResult.Failure {
  /// The way of the answer, a step a line.
  var story: String {
    var lines = [
      "row \(document): the answer \(Self.short(Value.string(answer).repr)), right is \(Self.short(gold))"
    ]
    let width = (steps.map(\.name.count) + scores.map(\.metric.count)).max() ?? 0
    func padded(_ name: String) -> String { name + String(repeating: " ", count: width - name.count) }
    for step in steps { lines.append("  \(padded(step.name))  \(Self.short(step.left))") }
    for score in scores {
      lines.append("  \(padded(score.metric))  \(Self.short(score.value)), best is \(score.best)")
    }
    if let error { lines.append("  cannot be scored: \(error)") }
    return lines.joined(separator: "\n")
  }

  private static func short(_ text: String) -> String {
    text.count > 100 ? text.prefix(60) + " … " + text.suffix(30) : text
  }
}
