/// The mean of those numbers that are numbers.
struct NaNMean: NumberAggregation {
  static let name = "nanmean"
  static let about = "The mean without those that are not a number."

  var standardError: ErrorMethod { .bootstrap }

  func aggregate(_ numbers: [Double]) -> Double {
    let count = numbers.count { !$0.isNaN }
    guard count > 0 else { return .nan }
    return pairwiseSum(numbers.map { $0.isNaN ? 0 : $0 }[...]) / Double(count)
  }
}

/// The sum as NumPy adds up: halves apart, and eight lanes in runs of up to 128.
private func pairwiseSum(_ numbers: ArraySlice<Double>) -> Double {
  if numbers.count < 8 { return numbers.reduce(0, +) }
  let start = numbers.startIndex
  guard numbers.count <= 128 else {
    let half = numbers.count / 2
    let middle = start + half - half % 8
    return pairwiseSum(numbers[start..<middle]) + pairwiseSum(numbers[middle...])
  }
  var lanes = Array(numbers[start..<start + 8])
  let whole = start + numbers.count - numbers.count % 8
  for eight in stride(from: start + 8, to: whole, by: 8) {
    for lane in 0..<8 { lanes[lane] += numbers[eight + lane] }
  }
  let left = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3])
  let right = (lanes[4] + lanes[5]) + (lanes[6] + lanes[7])
  return numbers[whole...].reduce(left + right, +)
}
