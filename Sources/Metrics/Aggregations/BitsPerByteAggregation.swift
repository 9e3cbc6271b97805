import Glibc

/// The bits that a code made from the model would need for each byte.
struct BitsPerByteAggregation: WeightedAggregation {
  static let name = "bits_per_byte"
  static let about = "The negative sum of log-probabilities over the sum of their weights, in bits."

  var standardError: ErrorMethod { .none }

  func value(ofMean mean: Double) -> Double { -mean / log(2) }
}
