import Schema
import Values

/// Whether the choice that is likeliest for its length is right.
struct NormalizedAccuracy: Metric {
  static let name = "acc_norm"

  static let about = """
    Whether the choice that is likeliest for its length is the right one: each log-probability is divided by
    the number of characters (code points) of its choice. Without that, short choices have an advantage.

    ```yaml
    metric: acc_norm
    ```
    ```scores multiple_choice
    {"likelihoods": [-3, -8], "choices": ["Oslo", "the capital of Norway"], "gold": 1}  ->  1.0
    {"likelihoods": [-4, -4], "choices": ["ab", "cd"], "gold": 1}  ->  0.0
    together  ->  0.5
    ```
    """

  static let outputTypes: Set<OutputType> = [.multipleChoice]
  static let defaultAggregation = "mean"
  static let isHigherBetter = true
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .choices(let it) = outcome else { return nil }
    return .double(it.gold.contains(try it.best { Double($0.unicodeScalars.count) }) ? 1 : 0)
  }
}
