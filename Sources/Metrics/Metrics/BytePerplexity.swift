import Schema
import Values

/// Perplexity of whole texts for each byte.
struct BytePerplexity: Metric {
  static let name = "byte_perplexity"

  static let about = """
    How surprised the model is by each byte of whole texts, in UTF-8. Unlike perplexity by token it can be
    compared between models with different tokenizers.

    ```yaml
    metric: byte_perplexity
    ```
    ```scores loglikelihood_rolling
    {"likelihood": -14.0, "text": " hello  world\\n"}  ->  [-14.0, 14]
    {"likelihood": -5.0, "text": "foo é"}  ->  [-5.0, 6]
    together  ->  2.585709659315846
    ```
    """

  static let outputTypes: Set<OutputType> = [.loglikelihoodRolling]
  static let defaultAggregation = "weighted_perplexity"
  static let itemKind = ItemKind.weighted
  static let isHigherBetter = false
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .rolling(let logProbability, let text) = outcome else { return nil }
    return .tuple([.double(logProbability), .int(text.utf8.count)])
  }
}
