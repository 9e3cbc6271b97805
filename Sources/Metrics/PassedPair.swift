import Schema
import Values

/// What a metric gives for a written answer when it leaves all the work to its aggregation.
struct PassedPair: Metric {
  static let name = "pair"
  static let about = "What is right and what was written."
  static let outputTypes: Set<OutputType> = [.generateUntil]
  static let defaultAggregation = "mean"
  static let itemKind = ItemKind.pair
  static let isHigherBetter = true
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .generation(let it) = outcome else { return nil }
    return it.pair
  }
}
