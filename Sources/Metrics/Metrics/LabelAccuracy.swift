import Schema
import Values

/// Whether a written label is the right one.
struct LabelAccuracy: Metric {
  static let name = "accuracy"

  static let about = """
    Whether the written label is the right one: 1 or 0. Whole numbers are compared as numbers, so that white space
    around them does not matter; other labels are compared to the letter.

    ```yaml
    metric: accuracy
    ```
    ```scores generate_until
    {"result": " 2", "gold": "2"}     ->  1.0
    {"result": "yes", "gold": "no"}   ->  0.0
    together  ->  0.5
    ```
    ```yaml
    metric: accuracy
    ```
    ```scores generate_until
    {"result": "b", "golds": ["a", "b"]}  ->  1.0
    ```
    """

  static let outputTypes: Set<OutputType> = [.generateUntil]
  static let defaultAggregation = "mean"
  static let isInEvaluate = true
  static let isHigherBetter = true
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .generation(let it) = outcome else { return nil }
    return .double(it.golds.contains { isSame(it.result, $0) } ? 1 : 0)
  }

  private func isSame(_ result: Value, _ gold: Value) -> Bool {
    if let result = wholeNumber(result), let gold = wholeNumber(gold) { return result == gold }
    return result == gold
  }
}
