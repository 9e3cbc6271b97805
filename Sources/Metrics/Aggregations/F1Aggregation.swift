import Values

/// How well one of two classes is found.
struct F1Aggregation: Aggregation {
  static let name = "f1"
  static let about = "The F1 score of class 1 in pairs of the right class and the given one."
  static let itemKind = ItemKind.pair

  var standardError: ErrorMethod { .bootstrap }

  func prepare(_ items: [Value]) throws(MetricError) -> any PreparedItems {
    let classes = try ClassPairs(items).classes
    guard classes.count < 2 || classes.count == 2 && classes.contains(1) else {
      let names = classes.prefix(5).map(\.repr).joined(separator: ", ")
      throw MetricError(
        "`f1` finds class 1 among two, but the classes are \(names)\(classes.count > 5 ? ", …" : "")",
        help: "`matthews_corrcoef` takes any classes; a function can take the mean over them")
    }
    var finds: [Finds] = []
    for item in items {
      let (gold, given) = try pair(item)
      finds.append(Finds(isSought: isSought(gold), isFound: isSought(given)))
    }
    return PreparedFinds(finds: finds)
  }

  /// Where all say the text `1`, scikit-learn takes it for the number.
  private func isSought(_ name: Value) -> Bool { name == 1 || name == "1" }
}

/// How many were found, how many of them wrongly, and how many missed: three counts in one number, because
/// samples are drawn by the million and each adds up all its items.
private struct Finds {
  private var counts: UInt64 = 0

  private static let bits: UInt64 = 21
  /// How many can be added up before a count runs over.
  static let most = 1 << bits - 1

  init() {}

  init(isSought: Bool, isFound: Bool) {
    switch (isSought, isFound) {
    case (true, true): counts = 1
    case (false, true): counts = 1 << Self.bits
    case (true, false): counts = 1 << (2 * Self.bits)
    case (false, false): counts = 0
    }
  }

  mutating func add(_ other: Finds) { counts &+= other.counts }

  var right: Int { Int(counts & (1 << Self.bits - 1)) }
  var wrong: Int { Int(counts >> Self.bits & (1 << Self.bits - 1)) }
  var missed: Int { Int(counts >> (2 * Self.bits)) }
}

private struct PreparedFinds: PreparedItems {
  let finds: [Finds]

  var count: Int { finds.count }

  func value(at places: [Int]) -> Double {
    var (right, wrong, missed) = (0, 0, 0)
    for start in stride(from: 0, to: places.count, by: Finds.most) {
      var sum = Finds()
      finds.withUnsafeBufferPointer { finds in
        for place in places[start..<min(places.count, start + Finds.most)] { sum.add(finds[place]) }
      }
      right += sum.right
      wrong += sum.wrong
      missed += sum.missed
    }
    let all = 2 * right + wrong + missed
    return all == 0 ? 0 : Double(2 * right) / Double(all)
  }
}
