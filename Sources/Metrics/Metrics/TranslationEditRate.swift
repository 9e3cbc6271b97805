import Schema
import Values

/// How many edits would make a translation the right one.
struct TranslationEditRate: Metric {
  static let name = "ter"

  static let about = """
    How many edits would turn the translations into the right ones, in percent of their words; less is
    better. An edit inserts, deletes or replaces a word, or moves a block of words. Case does not count. Each
    document gives both texts; the value is that of all together.

    ```yaml
    metric: ter
    ```
    ```scores generate_until
    {"result": "the cat sat on a mat today", "gold": "the cat sat on the mat today"}  ->  ["the cat sat on the mat today", "the cat sat on a mat today"]
    together  ->  14.285714285714285
    ```
    ```yaml
    metric: ter
    ```
    ```scores generate_until
    {"result": "today the cat sat here", "gold": "The cat sat here today"}  ->  ["The cat sat here today", "today the cat sat here"]
    together  ->  20.0
    ```

    When a task has several right answers, the one that is nearest counts, in percent of the mean of their
    words.

    ```yaml
    metric: ter
    ```
    ```scores generate_until
    {"result": "a b c", "golds": ["a b d", "x y z z z"]}  ->  [["a b d", "x y z z z"], "a b c"]
    together  ->  25.0
    ```
    """

  static let outputTypes: Set<OutputType> = [.generateUntil]
  static let defaultAggregation = "ter"
  static let itemKind = ItemKind.pair
  static let isHigherBetter = false
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .generation(let it) = outcome else { return nil }
    return it.pair
  }
}
