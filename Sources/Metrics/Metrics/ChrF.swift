import Schema
import Values

/// How many runs of characters a translation shares with the right one.
struct ChrF: Metric {
  static let name = "chrf"

  static let about = """
    How many runs of one to six characters the translations share with the right ones, from 0 to 100, with
    twice the weight for what is found. White space does not count. Unlike `bleu` it needs no words, and so
    serves languages that write them together or change their ends. Each document gives both texts; the value
    is that of all together.

    ```yaml
    metric: chrf
    ```
    ```scores generate_until
    {"result": "the cat sat on a mat today", "gold": "the cat sat on the mat today"}  ->  ["the cat sat on the mat today", "the cat sat on a mat today"]
    together  ->  72.27225739004915
    ```

    When a task has several right answers, the one that fits best counts.

    ```yaml
    metric: chrf
    ```
    ```scores generate_until
    {"result": "New York", "golds": ["Big Apple", "New York"]}  ->  [["Big Apple", "New York"], "New York"]
    together  ->  100.0
    ```
    """

  static let outputTypes: Set<OutputType> = [.generateUntil]
  static let defaultAggregation = "chrf"
  static let itemKind = ItemKind.pair
  static let isHigherBetter = true
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .generation(let it) = outcome else { return nil }
    return it.pair
  }
}
