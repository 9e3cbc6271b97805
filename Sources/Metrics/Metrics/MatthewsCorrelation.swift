import Schema
import Values

/// How well the given classes go with the right ones.
struct MatthewsCorrelation: Metric {
  static let name = "mcc"

  static let about = """
    How well the given classes go with the right ones, from -1 over 0 (no better than chance) to 1: Matthews'
    correlation coefficient, for any number of classes. Unlike `acc` it gives nothing for always choosing the
    commonest class. A document gives the right choice and the likeliest one.

    ```yaml
    metric: mcc
    ```
    ```scores multiple_choice
    {"likelihoods": [-2, -1], "choices": ["no", "yes"], "gold": 1}  ->  [1, 1]
    {"likelihoods": [-1, -2], "choices": ["no", "yes"], "gold": 1}  ->  [1, 0]
    {"likelihoods": [-1, -2], "choices": ["no", "yes"], "gold": 0}  ->  [0, 0]
    together  ->  0.5
    ```

    With `output_type: generate_until` the classes are the right answers and those that were written.

    ```yaml
    metric: mcc
    ```
    ```scores generate_until
    {"result": "a", "gold": "a"}  ->  ["a", "a"]
    {"result": "b", "gold": "c"}  ->  ["c", "b"]
    together  ->  0.5
    ```
    """

  static let outputTypes: Set<OutputType> = [.multipleChoice, .generateUntil]
  static let defaultAggregation = "matthews_corrcoef"
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
