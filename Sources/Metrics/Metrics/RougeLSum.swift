import Schema
import Values

/// How long sequences of words the lines of a text share with the right one.
struct RougeLSum: Metric {
  static let name = "rougeLsum"

  static let about = """
    Like `rougeL`, line by line: of each line of the right text those words count that are in the longest
    sequence shared with any line of the written one.

    ```yaml
    metric: rougeLsum
    ```
    ```scores generate_until
    {"result": "on the mat\\nthe cat sat", "gold": "the cat sat\\non the mat"}  ->  1.0
    ```
    """

  static let outputTypes: Set<OutputType> = [.generateUntil]
  static let defaultAggregation = "mean"
  static let isInEvaluate = true
  static let isHigherBetter = true
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .generation(let it) = outcome else { return nil }
    return .double(try it.scores { Overlap.ofSequencesByLine($0, $1) }.max() ?? 0)
  }
}
