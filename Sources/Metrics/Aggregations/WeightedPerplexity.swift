import Glibc
import Values

/// Perplexity for each word or byte.
struct WeightedPerplexity: Aggregation {
  static let name = "weighted_perplexity"
  static let about = "e to the power of the negative sum of log-probabilities over the sum of their weights."
  static let itemKind = ItemKind.weighted

  var standardError: ErrorMethod { .none }

  func aggregate(_ items: [Value]) throws(MetricError) -> Double { exp(-(try weightedMean(items))) }
}
