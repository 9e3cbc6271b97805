import Schema
import Values

/// No score at all.
struct Bypass: Metric {
  static let name = "bypass"

  static let about = """
    No score at all, for runs that are only to collect answers. The value is 999.

    ```yaml
    metric: bypass
    ```
    ```scores generate_until
    {"result": "anything", "gold": "42"}  ->  null
    together  ->  999.0
    ```
    """

  static let outputTypes: Set<OutputType> = [.generateUntil]
  static let defaultAggregation = "bypass"
  static let itemKind = ItemKind.nothing
  static let isHigherBetter = true
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .generation = outcome else { return nil }
    return .null
  }
}
