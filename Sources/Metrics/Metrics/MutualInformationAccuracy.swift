import Schema
import Values

/// Whether the choice that the question makes likelier than any other is right.
struct MutualInformationAccuracy: Metric {
  static let name = "acc_mutual_info"

  static let about = """
    Whether the right choice is the one that the question makes likelier than any other: from each
    log-probability that of the choice without any question is taken. Without that, choices that are common
    anyway have an advantage. It needs one more request for each choice.

    ```yaml
    metric: acc_mutual_info
    ```
    ```scores multiple_choice
    {"likelihoods": [-3, -4], "unconditional": [-2, -7], "choices": ["yes", "perhaps"], "gold": 1}  ->  1.0
    {"likelihoods": [-3, -4], "unconditional": [-7, -2], "choices": ["yes", "perhaps"], "gold": 1}  ->  0.0
    together  ->  0.5
    ```
    """

  static let outputTypes: Set<OutputType> = [.multipleChoice]
  static let defaultAggregation = "mean"
  static let isHigherBetter = true
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .choices(let it) = outcome else { return nil }
    try it.check()
    guard let unconditional = it.unconditional, unconditional.count == it.choices.count else {
      throw MetricError("the choices were not asked for without the question")
    }
    let gains = zip(it.logProbabilities, unconditional).map { $0 - $1 }
    return .double(it.gold.contains(placeOfLargest(gains)) ? 1 : 0)
  }
}
