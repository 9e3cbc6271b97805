import Values

/// An aggregation of pairs of a log-probability and a weight, by the first sum over the second.
protocol WeightedAggregation: SumAggregation {
  func value(ofMean mean: Double) -> Double
}

extension WeightedAggregation {
  static var itemKind: ItemKind { .weighted }
  var width: Int { 2 }

  func summands(of item: Value) throws(MetricError) -> [Double] {
    guard let pair = item.asList, pair.count == 2, let part = pair[0].asDouble, let share = pair[1].asDouble
    else { throw MetricError("expected a log-probability with its weight, found \(item.repr)") }
    return [part, share]
  }

  func value(ofSums sums: [Double]) throws(MetricError) -> Double {
    guard sums[1] != 0 else {
      throw MetricError("the texts have no words or bytes", help: "drop empty documents")
    }
    return value(ofMean: sums[0] / sums[1])
  }
}
