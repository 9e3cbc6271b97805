import Schema
import Values

/// Whether the likeliest choice is right.
struct Accuracy: Metric {
  static let name = "acc"

  static let about = """
    Whether the likeliest choice is the right one: 1 or 0. Of equally likely ones the first counts.

    ```yaml
    metric: acc
    ```
    ```scores multiple_choice
    {"likelihoods": [-2.5, -1.5], "choices": ["no", "yes"], "gold": 1}  ->  1.0
    {"likelihoods": [-2.5, -2.5], "choices": ["no", "yes"], "gold": 1}  ->  0.0
    {"likelihoods": [-1, -4, -3], "choices": ["a", "b", "c"], "gold": [0, 2]}  ->  1.0
    together  ->  0.6666666666666666
    ```

    A right answer that is none of the choices scores 0.

    ```yaml
    metric: acc
    ```
    ```scores multiple_choice
    {"likelihoods": [-1, -2], "choices": ["a", "b"], "gold": 2}    ->  0.0
    {"likelihoods": [-1, -2], "choices": ["a", "b"], "gold": "c"}  ->  0.0
    {"likelihoods": [-2, -1], "choices": ["a", "b"], "gold": -1}   ->  0.0
    ```

    With `output_type: loglikelihood` it says whether the answer is what the model would have written.

    ```yaml
    metric: acc
    ```
    ```scores loglikelihood
    {"likelihood": -0.5, "greedy": true}   ->  1
    {"likelihood": -3.0, "greedy": false}  ->  0
    together  ->  0.5
    ```
    """

  static let outputTypes: Set<OutputType> = [.multipleChoice, .loglikelihood]
  static let defaultAggregation = "mean"
  static let isHigherBetter = true
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    switch outcome {
    case .loglikelihood(_, let isGreedy): .int(isGreedy ? 1 : 0)
    case .choices(let it): .double(it.gold.contains(try it.best { _ in 1 }) ? 1 : 0)
    default: nil
    }
  }
}
