import Glibc

/// Perplexity for each word or byte.
struct WeightedPerplexity: WeightedAggregation {
  static let name = "weighted_perplexity"
  static let about = "e to the power of the negative sum of log-probabilities over the sum of their weights."

  var standardError: ErrorMethod { .none }

  func value(ofMean mean: Double) -> Double { exp(-mean) }
}
