import Schema
import Values

/// How likely each choice is, for a function to make something of.
struct Likelihood: Metric {
  static let name = "likelihood"

  static let about = """
    How likely each choice is, with the right one, for an aggregation of one's own to make something of. Its
    `aggregation` must be given: the mean that the harness takes by default stops with an error there.

    ```yaml
    metric: likelihood
    ```
    ```scores multiple_choice
    {"likelihoods": [-2.5, -1.0], "choices": ["no", "yes"], "gold": 1}  ->  [1, [-2.5, -1.0]]
    ```
    """

  static let outputTypes: Set<OutputType> = [.multipleChoice]
  static let defaultAggregation = "mean"
  static let itemKind = ItemKind.spread
  static let isHigherBetter = true
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .choices(let it) = outcome else { return nil }
    try it.check()
    return .tuple([.int(try it.onlyGold()), .list(it.logProbabilities.map { .double($0) })])
  }
}
