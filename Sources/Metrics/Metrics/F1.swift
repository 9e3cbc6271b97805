import Schema
import Values

/// How well one of two classes is found.
struct F1: Metric {
  static let name = "f1"

  static let about = """
    How well class 1 of two is found: the harmonic mean of the share of finds that are right and the share of
    right ones that are found. A document gives the right choice and the likeliest one; the value is that of
    all documents together.

    ```yaml
    metric: f1
    ```
    ```scores multiple_choice
    {"likelihoods": [-2, -1], "choices": ["no", "yes"], "gold": 1}  ->  [1, 1]
    {"likelihoods": [-1, -2], "choices": ["no", "yes"], "gold": 1}  ->  [1, 0]
    {"likelihoods": [-1, -2], "choices": ["no", "yes"], "gold": 0}  ->  [0, 0]
    together  ->  0.6666666666666666
    ```

    With `output_type: generate_until` a document gives the right answer and the one that was written, for an
    aggregation to compare.

    ```yaml
    metric: f1
    aggregation: matthews_corrcoef
    ```
    ```scores generate_until
    {"result": "yes", "gold": "yes"}  ->  ["yes", "yes"]
    {"result": "no", "gold": "no"}    ->  ["no", "no"]
    together  ->  1.0
    ```
    """

  static let outputTypes: Set<OutputType> = [.multipleChoice, .generateUntil]
  static let defaultAggregation = "f1"
  static let itemKind = ItemKind.pair
  static let isHigherBetter = true
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    switch outcome {
    case .choices(let it): .tuple([.int(try it.onlyGold()), .int(try it.best { _ in 1 })])
    case .generation(let it): it.pair
    default: nil
    }
  }
}
