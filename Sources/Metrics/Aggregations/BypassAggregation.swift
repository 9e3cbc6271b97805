import Values

/// The number that stands for no score.
struct BypassAggregation: SumAggregation {
  static let name = "bypass"
  static let about = "999, whatever the items are."
  static let itemKind = ItemKind.nothing

  var standardError: ErrorMethod { .none }
  var width: Int { 0 }

  func summands(of item: Value) -> [Double] { [] }
  func value(ofSums sums: [Double]) -> Double { 999 }
}
