import Glibc
import Values

/// The bits that a code made from the model would need for each byte.
struct BitsPerByteAggregation: Aggregation {
  static let name = "bits_per_byte"
  static let about = "The negative sum of log-probabilities over the sum of their weights, in bits."
  static let itemKind = ItemKind.weighted

  var standardError: ErrorMethod { .none }

  func aggregate(_ items: [Value]) throws(MetricError) -> Double { -(try weightedMean(items)) / log(2) }
}
