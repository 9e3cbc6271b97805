import Schema
import Values

/// How long a sequence of words a text shares with the right one.
struct RougeL: Metric {
  static let name = "rougeL"

  static let about = """
    Like `rouge1`, with the words of the longest sequence that is in both texts, whatever stands between them.

    ```yaml
    metric: rougeL
    ```
    ```scores generate_until
    {"result": "on the mat the cat sat", "gold": "the cat sat on the mat"}  ->  0.5
    ```
    """

  static let outputTypes: Set<OutputType> = [.generateUntil]
  static let defaultAggregation = "mean"
  static let isInEvaluate = true
  static let isHigherBetter = true
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .generation(let it) = outcome else { return nil }
    return .double(try it.scores { Overlap.ofSequence($0, $1) }.max() ?? 0)
  }
}
