import Values

extension ChoiceOutcome {
  /// Refuses what cannot be scored: no choices, or not an answer for each.
  func check() throws(MetricError) {
    guard !choices.isEmpty else {
      throw MetricError("there are no choices", help: "look at what `doc_to_choice` gives for this document")
    }
    guard logProbabilities.count == choices.count, isGreedy.count == choices.count else {
      throw MetricError("there are \(choices.count) choices but \(logProbabilities.count) answers")
    }
  }

  /// The place of the largest log-probability, each divided by the length of its choice.
  func best(_ length: (String) -> Double) throws(MetricError) -> Int {
    try check()
    return placeOfLargest(zip(logProbabilities, choices).map { $0 / length($1) })
  }

  /// The number of the right choice, for metrics that need exactly one; one that no choice has is -100, as
  /// in the harness.
  func onlyGold() throws(MetricError) -> Int {
    switch gold {
    case .one(let place): return place
    case .missing: return -100
    case .anyOf(let places):
      throw MetricError("several choices are right: \(places)", help: "give one choice as the target")
    }
  }
}

/// As in NumPy the first of equals wins, and the first that is not a number before all: 0 / 0 for an empty
/// choice that is certain.
func placeOfLargest(_ values: [Double]) -> Int {
  var best = 0
  for place in values.indices.dropFirst() where !values[best].isNaN {
    if values[place] > values[best] || values[place].isNaN { best = place }
  }
  return best
}
