import Schema
import Values

/// Perplexity of whole texts for each word.
struct WordPerplexity: Metric {
  static let name = "word_perplexity"

  static let about = """
    How surprised the model is by each word of whole texts. Words are what white space divides; white space at
    the start or end of a text counts one empty word more, as in the harness.

    ```yaml
    metric: word_perplexity
    ```
    ```scores loglikelihood_rolling
    {"likelihood": -14.0, "text": " hello  world\\n"}  ->  [-14.0, 4]
    {"likelihood": -5.0, "text": "foo é"}  ->  [-5.0, 2]
    together  ->  23.728258192205157
    ```
    """

  static let outputTypes: Set<OutputType> = [.loglikelihoodRolling]
  static let defaultAggregation = "weighted_perplexity"
  static let itemKind = ItemKind.weighted
  static let isHigherBetter = false
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .rolling(let logProbability, let text) = outcome else { return nil }
    return .tuple([.double(logProbability), .int(words(in: text))])
  }

  /// The pieces between runs of white space, empty ones at the ends included.
  private func words(in text: String) -> Int {
    var count = 1
    var isInSpace = false
    for scalar in text.unicodeScalars {
      if scalar.isPythonSpace, !isInSpace { count += 1 }
      isInSpace = scalar.isPythonSpace
    }
    return count
  }
}
