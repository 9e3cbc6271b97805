import Diagnostics
import YAML

/// A key of a metric that is nearly a known one.
struct MisspelledMetricKey: Rule {
  static let code: Diagnostic.Code = "misspelled-metric-key"
  static let family = Family.metrics
  static let severity = Diagnostic.Severity.warning
  static let supersedes: Set<String> = ["argument-has-no-effect", "unknown-key"]

  static let about = """
    What stands beside `metric` and is none of its keys is handed to the metric as an argument; the harness never looks at
    it. A name that is nearly a known one is most likely a slip.

    ```yaml
    task: demo
    metric_list:
      - metric: acc
        agregation: mean
        high_is_better: true
    ```
    ```diagnostics
    warning[misspelled-metric-key]: no key of a metric is named `agregation`
     --> example.yaml:4:5
      |
    4 |     agregation: mean
      |     ^^^^^^^^^^
      = help: did you mean `aggregation`?
      = fix: replace with `aggregation`

    warning[misspelled-metric-key]: no key of a metric is named `high_is_better`
     --> example.yaml:5:5
      |
    5 |     high_is_better: true
      |     ^^^^^^^^^^^^^^
      = help: did you mean `higher_is_better`?
      = fix: replace with `higher_is_better`
    ```
    ```yaml fixed
    task: demo
    metric_list:
      - metric: acc
        aggregation: mean
        higher_is_better: true
    ```
    """

  private static let known = ["metric", "aggregation", "higher_is_better", "hf_evaluate"]
  private static let often = ["high_is_better": "higher_is_better", "higher_is_beter": "higher_is_better"]

  func check(_ file: FileContext, _ findings: inout Findings) {
    for metric in file.values("metric_list").flatMap({ $0.items ?? [] }) {
      for entry in metric.entries ?? [] {
        let key = entry.key.value
        guard !Self.known.contains(key), let near = Self.often[key] ?? Self.known.nearest(to: key),
          metric.entry(near) == nil
        else { continue }
        findings.add(
          Self.finding(
            "no key of a metric is named `\(key)`", at: entry.key.span, help: "did you mean `\(near)`?",
            fix: .replace(entry.key.span, with: near, safety: .needsReview)))
      }
    }
  }
}
