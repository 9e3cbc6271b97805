import Values

/// An aggregation of what the items add up to: each gives some numbers, and the value comes from their sums.
protocol SumAggregation: Aggregation {
  /// How many numbers each item gives.
  var width: Int { get }
  /// What one item adds to the sums.
  func summands(of item: Value) throws(MetricError) -> [Double]
  /// The value over items with these sums.
  func value(ofSums sums: [Double]) throws(MetricError) -> Double
}

extension SumAggregation {
  func prepare(_ items: [Value]) throws(MetricError) -> any PreparedItems {
    try preparedSums(of: items)
  }

  func preparedSums(of items: [Value]) throws(MetricError) -> any PreparedItems {
    var summands: [Double] = []
    summands.reserveCapacity(items.count * width)
    for item in items { summands += try self.summands(of: item) }
    return PreparedSums(aggregation: self, count: items.count, summands: summands)
  }
}

/// What all items add, one after the other.
struct PreparedSums<Sums: SumAggregation>: PreparedItems {
  let aggregation: Sums
  let count: Int
  let summands: [Double]

  func value(at places: [Int]) throws(MetricError) -> Double {
    let width = aggregation.width
    var sums = [Double](repeating: 0, count: width)
    for place in places {
      for column in 0..<width { sums[column] += summands[place * width + column] }
    }
    return try aggregation.value(ofSums: sums)
  }
}

/// A pair that an item is.
func pair(_ item: Value) throws(MetricError) -> (Value, Value) {
  guard let pair = item.asList, pair.count == 2 else {
    throw MetricError("expected a pair, found \(item.repr.prefix(60))")
  }
  return (pair[0], pair[1])
}
