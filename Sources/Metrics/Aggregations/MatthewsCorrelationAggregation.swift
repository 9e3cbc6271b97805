import Values

/// How well the given classes go with the right ones.
struct MatthewsCorrelationAggregation: Aggregation {
  static let name = "matthews_corrcoef"
  static let about = "Matthews' correlation coefficient of pairs of the right class and the given one."
  static let itemKind = ItemKind.pair

  var standardError: ErrorMethod { .bootstrap }

  func prepare(_ items: [Value]) throws(MetricError) -> any PreparedItems {
    PreparedClasses(try ClassPairs(items))
  }
}

/// The different pairs, and which of them each item is, so that a sample is counted by one number an item.
private struct PreparedClasses: PreparedItems {
  private struct Cell: Hashable {
    let gold: Int
    let given: Int
  }

  private let classCount: Int
  private var cells: [Cell] = []
  private var places: [Int] = []

  init(_ pairs: ClassPairs) {
    classCount = pairs.classes.count
    var known: [Cell: Int] = [:]
    for (gold, given) in zip(pairs.golds, pairs.given) {
      let cell = Cell(gold: gold, given: given)
      let place = known[cell] ?? cells.count
      if place == cells.count { cells.append(cell) }
      known[cell] = place
      places.append(place)
    }
  }

  var count: Int { places.count }

  func value(at drawn: [Int]) -> Double {
    var counts = [Int](repeating: 0, count: cells.count)
    for place in drawn { counts[places[place]] += 1 }
    var golds = [Int](repeating: 0, count: classCount)
    var given = golds
    var correct = 0
    for (cell, count) in zip(cells, counts) {
      golds[cell.gold] += count
      given[cell.given] += count
      if cell.gold == cell.given { correct += count }
    }
    // In floating point, since a product of four counts may not fit a whole number.
    func product(_ a: [Int], _ b: [Int]) -> Double { sum(zip(a, b).lazy.map { Double($0) * Double($1) }) }
    let all = Double(drawn.count)
    let covariance = Double(correct) * all - product(golds, given)
    let spread = (all * all - product(given, given)) * (all * all - product(golds, golds))
    return spread == 0 ? 0 : covariance / spread.squareRoot()
  }
}
