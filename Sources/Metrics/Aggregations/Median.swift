import Values

/// The middle number.
struct Median: Aggregation {
  static let name = "median"
  static let about = "The number in the middle of the sorted numbers, the larger of two."
  static let itemKind = ItemKind.number

  var standardError: ErrorMethod { .bootstrap }

  func prepare(_ items: [Value]) throws(MetricError) -> any PreparedItems {
    PreparedRanks(try numbers(items))
  }
}

/// Numbers sorted once, so that the middle of a sample is found by counting.
private struct PreparedRanks: PreparedItems {
  let sorted: [Double]
  /// For each item where its number stands among the sorted ones.
  let ranks: [Int]

  init(_ numbers: [Double]) {
    let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
    sorted = order.map { numbers[$0] }
    var ranks = [Int](repeating: 0, count: numbers.count)
    for (rank, place) in order.enumerated() { ranks[place] = rank }
    self.ranks = ranks
  }

  var count: Int { ranks.count }

  func value(at places: [Int]) -> Double {
    var counts = [UInt32](repeating: 0, count: ranks.count)
    for place in places { counts[ranks[place]] += 1 }
    var before = 0
    for (rank, count) in counts.enumerated() {
      before += Int(count)
      if before > places.count / 2 { return sorted[rank] }
    }
    return .nan
  }
}
