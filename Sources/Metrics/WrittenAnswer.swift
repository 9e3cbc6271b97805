import Values

extension GenerationOutcome {
  /// What is right and what was written, for an aggregation to compare; all right answers if there are
  /// several.
  var pair: Value { .list([hasManyTargets ? .list(golds) : golds.first ?? .null, result]) }

  /// A score of the written text beside each right one.
  func scores(
    _ score: (_ text: String, _ reference: String) throws(MetricError) -> Double
  ) throws(MetricError) -> [Double] {
    guard case .string(let text) = result else {
      throw MetricError(
        "expected a text, found \(result.repr.prefix(60))", help: "end the pipeline with `take_first`")
    }
    var scores: [Double] = []
    for gold in golds { scores.append(try score(text, gold.text)) }
    guard !scores.isEmpty else { throw MetricError("there is no right answer to compare with") }
    return scores
  }
}

/// The whole number that a label is, or that it is the text of.
func wholeNumber(_ label: Value) -> Int? {
  label.asInt ?? label.asString.flatMap { Int($0.pythonStripped) }
}
