import Values

/// How well the given classes go with the right ones.
struct MatthewsCorrelationAggregation: Aggregation {
  static let name = "matthews_corrcoef"
  static let about = "Matthews' correlation coefficient of pairs of the right class and the given one."
  static let itemKind = ItemKind.pair

  var standardError: ErrorMethod { .bootstrap }

  func prepare(_ items: [Value]) throws(MetricError) -> any PreparedItems {
    PreparedClasses(pairs: try ClassPairs(items))
  }
}

private struct PreparedClasses: PreparedItems {
  let pairs: ClassPairs

  var count: Int { pairs.golds.count }

  func value(at places: [Int]) -> Double {
    var golds = [Int](repeating: 0, count: pairs.classes.count)
    var given = golds
    var correct = 0
    for place in places {
      let (gold, answer) = (pairs.golds[place], pairs.given[place])
      golds[gold] += 1
      given[answer] += 1
      if gold == answer { correct += 1 }
    }
    // In floating point, since a product of four counts may not fit a whole number.
    func product(_ a: [Int], _ b: [Int]) -> Double { sum(zip(a, b).lazy.map { Double($0) * Double($1) }) }
    let all = Double(places.count)
    let covariance = Double(correct) * all - product(golds, given)
    let spread = (all * all - product(given, given)) * (all * all - product(golds, golds))
    return spread == 0 ? 0 : covariance / spread.squareRoot()
  }
}
