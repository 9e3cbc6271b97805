import Schema
import Values

/// Whether the choice that is likeliest for its number of bytes is right.
struct ByteNormalizedAccuracy: Metric {
  static let name = "acc_bytes"

  static let about = """
    Whether the choice that is likeliest for its size is the right one: each log-probability is divided by the number
    of UTF-8 bytes of its choice. Unlike `acc_norm` it treats scripts alike whose letters take several bytes.

    ```yaml
    metric: acc_bytes
    ```
    ```scores multiple_choice
    {"likelihoods": [-3, -8], "choices": ["Oslo", "the capital of Norway"], "gold": 1}  ->  1.0
    {"likelihoods": [-4, -6], "choices": ["ab", "éé"], "gold": 1}  ->  1.0
    together  ->  1.0
    ```
    """

  static let outputTypes: Set<OutputType> = [.multipleChoice]
  static let defaultAggregation = "mean"
  static let isHigherBetter = true
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .choices(let it) = outcome else { return nil }
    return .double(it.gold.contains(try it.best { Double($0.utf8.count) }) ? 1 : 0)
  }
}
