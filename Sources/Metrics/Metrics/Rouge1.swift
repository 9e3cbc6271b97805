import Schema
import Values

/// How many words a text shares with the right one.
struct Rouge1: Metric {
  static let name = "rouge1"

  static let about = """
    How many words the text shares with the right one: the harmonic mean of the share of its words and the share
    of the right text's. Words are runs of the letters a to z and digits; case and word ends are as they are
    without a stemmer. It is ROUGE-1 of the package *rouge_score*, from 0 to 1.

    ```yaml
    metric: rouge1
    ```
    ```scores generate_until
    {"result": "The cat is here.", "gold": "the cat sat on the mat"}  ->  0.4
    ```

    When a task has several right answers, the one that fits best counts.

    ```yaml
    metric: rouge1
    ```
    ```scores generate_until
    {"result": "Oslo", "golds": ["Lima", "Oslo"]}  ->  1.0
    ```
    """

  static let outputTypes: Set<OutputType> = [.generateUntil]
  static let defaultAggregation = "mean"
  static let isInEvaluate = true
  static let isHigherBetter = true
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .generation(let it) = outcome else { return nil }
    return .double(try it.scores { Overlap.ofRuns(1, $0, $1) }.max() ?? 0)
  }
}
