/// The sum over the count.
struct Mean: NumberAggregation {
  static let name = "mean"
  static let about = "The sum of the numbers over their count."

  var standardError: ErrorMethod { .closedForm }

  func aggregate(_ numbers: [Double]) -> Double { mean(numbers) }
}
