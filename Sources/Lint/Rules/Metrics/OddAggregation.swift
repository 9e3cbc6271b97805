import Diagnostics
import YAML

/// A metric that is put together as another one is.
struct OddAggregation: Rule {
  static let code: Diagnostic.Code = "odd-aggregation"
  static let family = Family.metrics
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    An aggregation turns the numbers of all rows into one. Put together as another metric is, what comes out has the name of
    the metric and not its meaning.

    ```yaml
    task: demo
    metric_list:
    - metric: exact_match
      aggregation: perplexity
    ```
    ```diagnostics
    warning[odd-aggregation]: `exact_match` is put together by `perplexity`, which is for other metrics
     --> example.yaml:4:16
      |
    4 |   aggregation: perplexity
      |                ^^^^^^^^^^
      = help: write `aggregation: mean`
      = fix: replace with `mean`
    ```
    ```yaml fixed
    task: demo
    metric_list:
    - metric: exact_match
      aggregation: mean
    ```

    ```yaml
    task: demo
    metric_list:
    - metric: exact_match
      aggregation: mean
    ```
    """#

  private static let plain: Set = ["mean", "median", "nanmean"]
  private static let usual: [String: Set<String>] = [
    "exact_match": plain, "acc": plain, "acc_norm": plain, "acc_bytes": plain, "acc_mutual_info": plain,
    "perplexity": ["perplexity"], "word_perplexity": ["weighted_perplexity"],
    "byte_perplexity": ["weighted_perplexity"], "bits_per_byte": ["bits_per_byte"],
    "bleu": ["bleu"], "chrf": ["chrf"], "chrf++": ["chrf++"], "ter": ["ter"],
  ]

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard !task.isScoredByFunction else { return }
    for (entry, node) in task.metrics {
      guard let name = node.plainText?.text, let usual = Self.usual[name], entry["hf_evaluate"] == nil,
        entry["score"] == nil, let aggregation = entry["aggregation"]?.plainText,
        Self.all.contains(aggregation.text), !usual.contains(aggregation.text)
      else { continue }
      let best = usual.contains("mean") ? "mean" : usual.first ?? name
      findings.add(
        Self.finding(
          "`\(name)` is put together by `\(aggregation.text)`, which is for other metrics",
          at: aggregation.span,
          help: "write `aggregation: \(best)`",
          fix: .replace(aggregation.span, with: best, safety: .needsReview)))
    }
  }

  private static let all = usual.values.reduce(into: Set(["f1", "matthews_corrcoef", "brier_score"])) {
    $0.formUnion($1)
  }
}
