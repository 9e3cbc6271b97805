import Schema
import Values

/// How many words are wrong in a written text.
struct WordErrorRate: Metric {
  static let name = "wer"

  static let about = """
    How many words must be inserted, deleted and replaced to make the text the right one, over the number of
    words that the right one has; less is better, and it may exceed 1. Case and punctuation count. The value is
    the mean over documents.

    ```yaml
    metric: wer
    ```
    ```scores generate_until
    {"result": "the cat sat on a mat", "gold": "the cat sat on the mat today please"}  ->  0.375
    {"result": "yes", "gold": "yes"}                                                   ->  0.0
    together  ->  0.1875
    ```

    When a task has several right answers, the nearest counts.

    ```yaml
    metric: wer
    ```
    ```scores generate_until
    {"result": "New York", "golds": ["the Big Apple", "New York"]}  ->  0.0
    ```
    """

  static let outputTypes: Set<OutputType> = [.generateUntil]
  static let defaultAggregation = "mean"
  static let isInEvaluate = true
  static let isHigherBetter = false
  static let schema = Schema<Self>(make: { Self() })

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .generation(let it) = outcome else { return nil }
    return .double(try it.scores(rate).min() ?? 0)
  }

  private func rate(_ text: String, _ reference: String) throws(MetricError) -> Double {
    var numbers = WordNumbers()
    let right = numbers.numbers(of: words(in: reference))
    guard !right.isEmpty else { throw MetricError("the right answer has no words to get wrong") }
    return Double(editCount(from: numbers.numbers(of: words(in: text)), to: right)) / Double(right.count)
  }

  /// The pieces between blanks; other white space divides words only where two or more stand together.
  private func words(in text: String) -> [String] {
    var words: [String] = []
    var word = ""
    let scalars = Array(text.pythonStripped.unicodeScalars)
    for (place, scalar) in scalars.enumerated() {
      let isBesideSpace =
        place > 0 && scalars[place - 1].isPythonSpace
        || place + 1 < scalars.count && scalars[place + 1].isPythonSpace
      if scalar == " " || scalar.isPythonSpace && isBesideSpace {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.unicodeScalars.append(scalar)
      }
    }
    return word.isEmpty ? words : words + [word]
  }
}
