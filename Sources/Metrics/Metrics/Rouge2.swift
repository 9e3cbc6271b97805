import Schema
import Values

/// How many pairs of words a text shares with the right one.
struct Rouge2: Metric {
  static let name = "rouge2"

  static let about = """
    Like `rouge1`, with pairs of neighbouring words in the place of words.

    ```yaml
    metric: rouge2
    ```
    ```scores generate_until
    {"result": "The cat is here.", "gold": "the cat sat on the mat"}  ->  0.25
    ```
    """

  static let outputTypes: Set<OutputType> = [.generateUntil]
  static let defaultAggregation = "mean"
  static let isInEvaluate = true
  static let isHigherBetter = true
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .generation(let it) = outcome else { return nil }
    return .double(try it.scores { Overlap.ofRuns(2, $0, $1) }.max() ?? 0)
  }
}
