/// The middle number.
struct Median: NumberAggregation {
  static let name = "median"
  static let about = "The number in the middle of the sorted numbers, the larger of two."

  var standardError: ErrorMethod { .bootstrap }

  func aggregate(_ numbers: [Double]) -> Double { numbers.sorted()[numbers.count / 2] }
}
