import Values

/// How far probabilities are from the truth.
struct BrierScoreAggregation: SumAggregation {
  static let name = "brier_score"
  static let about =
    "The mean of the squared distances of probabilities from 1 for the right choice and 0 else."
  static let itemKind = ItemKind.spread

  var standardError: ErrorMethod { .none }
  /// The distances, the documents.
  var width: Int { 2 }

  func prepare(_ items: [Value]) throws(MetricError) -> any PreparedItems {
    let counts = Set(try items.map { (it) throws(MetricError) in try probabilities(it).count })
    guard counts.count < 2 else {
      throw MetricError(
        "`brier_score` needs the same number of choices in all documents, but there are \(counts.sorted())")
    }
    return try preparedSums(of: items)
  }

  func summands(of item: Value) throws(MetricError) -> [Double] {
    let probabilities = try probabilities(item)
    guard let gold = try pair(item).0.asInt, probabilities.indices.contains(gold) else {
      throw MetricError("the right answer is none of the choices")
    }
    let squares = probabilities.enumerated().lazy.map { place, it in
      let distance = it - (place == gold ? 1 : 0)
      return distance * distance
    }
    return [sum(squares), 1]
  }

  func value(ofSums sums: [Double]) -> Double { sums[0] / sums[1] }

  private func probabilities(_ item: Value) throws(MetricError) -> [Double] {
    try numbers(try pair(item).1.asList ?? [])
  }
}
