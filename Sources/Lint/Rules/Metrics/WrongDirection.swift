import Diagnostics
import Metrics
import Values
import YAML

/// A metric whose `higher_is_better` says the opposite.
struct WrongDirection: Rule {
  static let code: Diagnostic.Code = "wrong-direction"
  static let family = Family.metrics
  static let severity = Diagnostic.Severity.warning

  static let about = """
    `higher_is_better` only tells readers and tools which number is the better one; the wrong way round they rank models
    upside down.

    ```yaml
    task: demo
    output_type: loglikelihood_rolling
    metric_list:
      - metric: word_perplexity
        higher_is_better: true
    ```
    ```diagnostics
    warning[wrong-direction]: a lower `word_perplexity` is better
     --> example.yaml:5:23
      |
    5 |     higher_is_better: true
      |                       ^^^^
      = help: write `higher_is_better: false`
      = fix: replace with `false`
    ```
    ```yaml fixed
    task: demo
    output_type: loglikelihood_rolling
    metric_list:
      - metric: word_perplexity
        higher_is_better: false
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    for entry in file.values("metric_list").flatMap({ $0.items ?? [] }) {
      guard let name = entry["metric"]?.plainText, let node = entry["higher_is_better"],
        case .bool(let said)? = node.scalar?.value,
        let isHigher = MetricRegistry.builtin.isHigherBetter(name.text), said != isHigher
      else { continue }
      findings.add(
        Self.finding(
          "a \(isHigher ? "higher" : "lower") `\(name.text)` is better", at: node.span,
          help: "write `higher_is_better: \(isHigher)`", fix: .replace(node.span, with: "\(isHigher)")))
    }
  }
}
