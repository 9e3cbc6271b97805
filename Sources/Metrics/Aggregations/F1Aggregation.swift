import Values

/// How well one of two classes is found.
struct F1Aggregation: SumAggregation {
  static let name = "f1"
  static let about = "The F1 score of class 1 in pairs of the right class and the given one."
  static let itemKind = ItemKind.pair

  var standardError: ErrorMethod { .bootstrap }
  /// Those found, those found wrongly, those missed.
  var width: Int { 3 }

  func prepare(_ items: [Value]) throws(MetricError) -> any PreparedItems {
    let classes = try ClassPairs(items).classes
    guard classes.count < 2 || classes.count == 2 && classes.contains(1) else {
      let names = classes.prefix(5).map(\.repr).joined(separator: ", ")
      throw MetricError(
        "`f1` finds class 1 among two, but the classes are \(names)\(classes.count > 5 ? ", …" : "")",
        help: "`matthews_corrcoef` takes any classes; a function can take the mean over them")
    }
    return try preparedSums(of: items)
  }

  func summands(of item: Value) throws(MetricError) -> [Double] {
    let (gold, given) = try pair(item)
    switch (isSought(gold), isSought(given)) {
    case (true, true): return [1, 0, 0]
    case (false, true): return [0, 1, 0]
    case (true, false): return [0, 0, 1]
    case (false, false): return [0, 0, 0]
    }
  }

  func value(ofSums sums: [Double]) -> Double {
    let all = 2 * sums[0] + sums[1] + sums[2]
    return all == 0 ? 0 : 2 * sums[0] / all
  }

  /// Where all say the text `1`, scikit-learn takes it for the number.
  private func isSought(_ name: Value) -> Bool { name == 1 || name == "1" }
}
