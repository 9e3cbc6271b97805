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
  ///
  /// As in NumPy the first of equals wins, and the first that is not a number before all: 0 / 0 for an empty
  /// choice that is certain.
  func best(_ length: (String) -> Double) throws(MetricError) -> Int {
    try check()
    var best = 0
    var most = logProbabilities[0] / length(choices[0])
    for place in choices.indices.dropFirst() where !most.isNaN {
      let value = logProbabilities[place] / length(choices[place])
      if value > most || value.isNaN { (best, most) = (place, value) }
    }
    return best
  }
}
