import Schema
import Values

/// How many bits each byte of whole texts costs.
struct BitsPerByte: Metric {
  static let name = "bits_per_byte"

  static let about = """
    How many bits each byte of whole texts would cost if the model were used to compress them: the logarithm
    to base 2 of `byte_perplexity`.

    ```yaml
    metric: bits_per_byte
    ```
    ```scores loglikelihood_rolling
    {"likelihood": -14.0, "text": " hello  world\\n"}  ->  [-14.0, 14]
    {"likelihood": -5.0, "text": "foo é"}  ->  [-5.0, 6]
    together  ->  1.3705602888445152
    ```
    """

  static let outputTypes: Set<OutputType> = [.loglikelihoodRolling]
  static let defaultAggregation = "bits_per_byte"
  static let itemKind = ItemKind.weighted
  static let isHigherBetter = false
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .rolling(let logProbability, let text) = outcome else { return nil }
    return .tuple([.double(logProbability), .int(text.utf8.count)])
  }
}
