import Patterns
import Schema
import Values

/// Whether the answer is the right one to the letter.
struct ExactMatch: Metric {
  static let name = "exact_match"

  static let about = #"""
    Whether the answer is the right one to the letter, white space included: 1 or 0.

    ```yaml
    metric: exact_match
    ```
    ```scores generate_until
    {"result": "42", "gold": "42"}   ->  1.0
    {"result": "42 ", "gold": "42"}  ->  0.0
    together  ->  0.5
    ```

    Differences that do not matter can be left out of account, on both sides and in this order: what
    `regexes_to_ignore` match, case, the 32 ASCII punctuation marks, ASCII digits.

    ```yaml
    metric: exact_match
    regexes_to_ignore: [",", '\.$']
    ignore_case: true
    ```
    ```scores generate_until
    {"result": "1,000 Apples.", "gold": "1000 apples"}  ->  1.0
    ```
    ```yaml
    metric: exact_match
    ignore_punctuation: true
    ignore_numbers: true
    ```
    ```scores generate_until
    {"result": "(B) 2", "gold": "B "}  ->  1.0
    ```

    When a task has several right answers, one is enough.

    ```yaml
    metric: exact_match
    ```
    ```scores generate_until
    {"result": "Big Apple", "golds": ["New York", "Big Apple"]}  ->  1.0
    {"result": "Boston", "golds": ["New York", "Big Apple"]}     ->  0.0
    ```

    When the filters leave a list of answers, the score is the share that is right.

    ```yaml
    metric: exact_match
    ```
    ```scores generate_until
    {"result": ["42", "41", "42", "40"], "gold": "42"}  ->  0.5
    ```

    With `output_type: multiple_choice` it says whether the model would have written a right choice, and has
    no options.

    ```yaml
    metric: exact_match
    ```
    ```scores multiple_choice
    {"likelihoods": [-1, -2], "greedy": [true, false], "choices": ["a", "b"], "gold": 0}   ->  1
    {"likelihoods": [-1, -2], "greedy": [false, false], "choices": ["a", "b"], "gold": 0}  ->  0
    ```
    """#

  static let outputTypes: Set<OutputType> = [.generateUntil, .multipleChoice]
  static let outputTypesWithOptions: Set<OutputType> = [.generateUntil]
  static let defaultAggregation = "mean"
  static let isHigherBetter = true
  static let isInEvaluate = true

  static let schema = Schema<Self>(
    Field.optional("regexes_to_ignore", .list(of: .pattern), "what these match is removed"),
    Field("ignore_case", .bool, default: false, "compare in lower case"),
    Field("ignore_punctuation", .bool, default: false, "remove ASCII punctuation"),
    Field("ignore_numbers", .bool, default: false, "remove ASCII digits"),
    make: {
      Self(cleaning: AnswerCleaning(patterns: $0, ignoresCase: $1, ignoresPunctuation: $2, ignoresDigits: $3))
    })

  let cleaning: AnswerCleaning

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    switch outcome {
    case .choices(let it):
      try it.check()
      return .int(it.isGoldGreedy ? 1 : 0)
    case .generation(let it):
      return .double(it.hasManyTargets ? try any(it) : try share(it.result, it.golds.first ?? .null))
    default: return nil
    }
  }

  /// 1 if one of the right answers was given.
  private func any(_ outcome: GenerationOutcome) throws(MetricError) -> Double {
    guard !outcome.golds.isEmpty else { return 0 }
    let golds = try cleaning.clean(outcome.golds)
    // Several answers are compared with the right ones pair by pair, as the harness's arrays are.
    let results = try cleaning.clean(outcome.result.asList ?? [outcome.result])
    return try matches(results, golds).contains(true) ? 1 : 0
  }

  /// The share of the answers that is right.
  private func share(_ result: Value, _ gold: Value) throws(MetricError) -> Double {
    let results = try cleaning.clean(result.asList ?? [result])
    let golds = try cleaning.clean(gold.asList ?? [gold])
    let matches = try matches(results, golds)
    return Double(matches.count(where: \.self)) / Double(matches.count)
  }

  /// Pairs two lists of equal length, or all of one with the only one of the other.
  private func matches(_ results: [Value], _ golds: [Value]) throws(MetricError) -> [Bool] {
    if results.count == golds.count { return zip(results, golds).map { $0 == $1 } }
    if golds.count == 1 { return results.map { $0 == golds[0] } }
    if results.count == 1 { return golds.map { results[0] == $0 } }
    throw MetricError(
      "\(results.count) answers cannot be compared with \(golds.count) right ones",
      help: "end the pipeline with `take_first`")
  }
}

extension ChoiceOutcome {
  fileprivate var isGoldGreedy: Bool {
    switch gold {
    case .one(let place): isGreedy.indices.contains(place) && isGreedy[place]
    case .anyOf(let places): places.contains { isGreedy.indices.contains($0) && isGreedy[$0] }
    case .missing: false
    }
  }
}
