import Glibc
import Schema
import Values

/// How far the probabilities of the choices are from the truth.
struct BrierScore: Metric {
  static let name = "brier_score"

  static let about = """
    How far the probabilities of the choices are from the truth, from 0 to 2: the squared differences, added
    up over the choices. The probabilities are those of the choices among each other. All documents need
    the same number of choices.

    ```yaml
    metric: brier_score
    ```
    ```scores multiple_choice
    {"likelihoods": [-1, -1], "choices": ["no", "yes"], "gold": 1}  ->  [1, [0.5, 0.5]]
    {"likelihoods": [0, -800], "choices": ["no", "yes"], "gold": 0}  ->  [0, [1.0, 0.0]]
    together  ->  0.25
    ```
    """

  static let outputTypes: Set<OutputType> = [.multipleChoice]
  static let defaultAggregation = "brier_score"
  static let itemKind = ItemKind.spread
  static let isHigherBetter = false
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .choices(let it) = outcome else { return nil }
    try it.check()
    let gold = try it.onlyGold()
    guard gold >= 0 else {
      throw MetricError(
        "the right answer is none of the choices", help: "leave such documents out with `process_docs`")
    }
    return .tuple([.int(gold), .list(softmax(it.logProbabilities).map { .double($0) })])
  }

  private func softmax(_ numbers: [Double]) -> [Double] {
    let largest = numbers[placeOfLargest(numbers)]
    let powers = numbers.map { exp($0 - largest) }
    let total = sum(powers)
    return powers.map { $0 / total }
  }
}
