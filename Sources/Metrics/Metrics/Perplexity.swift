import Schema
import Values

/// How surprised the model is by the right answers.
struct Perplexity: Metric {
  static let name = "perplexity"

  static let about = """
    How surprised the model is by the right answers: the inverse of the geometric mean of their probabilities.

    ```yaml
    metric: perplexity
    ```
    ```scores loglikelihood
    {"likelihood": -1.0, "greedy": true}  ->  -1.0
    {"likelihood": -3.0, "greedy": false}  ->  -3.0
    together  ->  7.38905609893065
    ```
    """

  static let outputTypes: Set<OutputType> = [.loglikelihood]
  static let defaultAggregation = "perplexity"
  static let isHigherBetter = false
  /// A document gives a log-probability, and no model has the best.
  static let bestScore: BestScore? = nil
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .loglikelihood(let logProbability, _) = outcome else { return nil }
    return .double(logProbability)
  }
}
