import Schema
import Values

/// How many runs of characters and words a translation shares with the right one.
struct ChrFPlusPlus: Metric {
  static let name = "chrf++"

  static let about = """
    Like `chrf`, with runs of one and two words beside those of characters, which agrees a little better with
    people's judgement. A punctuation mark at the end or start of a word is a word of its own.

    ```yaml
    metric: chrf++
    ```
    ```scores generate_until
    {"result": "the cat sat on a mat today", "gold": "the cat sat on the mat today"}  ->  ["the cat sat on the mat today", "the cat sat on a mat today"]
    together  ->  73.27666598046326
    ```
    """

  static let outputTypes: Set<OutputType> = [.generateUntil]
  static let defaultAggregation = "chrf++"
  static let itemKind = ItemKind.pair
  static let isHigherBetter = true
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .generation(let it) = outcome else { return nil }
    return it.pair
  }
}
