import Glibc

/// The inverse of the geometric mean of probabilities.
struct PerplexityAggregation: NumberAggregation {
  static let name = "perplexity"
  static let about = "e to the power of the negative mean of log-probabilities."

  var standardError: ErrorMethod { .bootstrap }

  func aggregate(_ numbers: [Double]) -> Double { exp(-mean(numbers)) }
}
