import Schema
import Values

/// How many runs of words a translation shares with the right one.
struct BLEU: Metric {
  static let name = "bleu"

  static let about = """
    How many runs of one to four words the translations share with the right ones, from 0 to 100, lowered if
    they are too short. Each document gives both texts; the value is that of all together, as the tool
    *sacrebleu* gives it by default: with its tokenizer `13a`, with case, with exponential smoothing.

    ```yaml
    metric: bleu
    ```
    ```scores generate_until
    {"result": "the cat sat on a mat today", "gold": "the cat sat on the mat today"}  ->  ["the cat sat on the mat today", "the cat sat on a mat today"]
    {"result": "It is raining.", "gold": "It is raining."}  ->  ["It is raining.", "It is raining."]
    together  ->  63.40466277046863
    ```

    When a task has several right answers, a run counts if one of them has it.

    ```yaml
    metric: bleu
    ```
    ```scores generate_until
    {"result": "a b c d", "golds": ["a b c x", "y b c d"]}  ->  [["a b c x", "y b c d"], "a b c d"]
    together  ->  84.08964152537145
    ```
    """

  static let outputTypes: Set<OutputType> = [.generateUntil]
  static let defaultAggregation = "bleu"
  static let itemKind = ItemKind.pair
  static let isHigherBetter = true
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .generation(let it) = outcome else { return nil }
    return it.pair
  }
}
