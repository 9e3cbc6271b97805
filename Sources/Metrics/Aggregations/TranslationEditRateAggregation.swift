import Values

/// The translation edit rate of a corpus, as the tool *sacrebleu* has it by default.
struct TranslationEditRateAggregation: TextAggregation {
  static let name = "ter"
  static let about = "The translation edit rate over all pairs of right texts and a written one, in percent."

  /// The edits, the words of the right text.
  var width: Int { 2 }

  func summands(of text: String, beside references: [String]) -> [Double] {
    var numbers = WordNumbers()
    let written = numbers.numbers(of: text.pythonLowercased.pythonWords)
    let right = references.map { numbers.numbers(of: $0.pythonLowercased.pythonWords) }
    let edits = right.map { EditRate.edits(from: written, to: $0) }.min() ?? 0
    let words = right.reduce(0) { $0 + $1.count }
    return [Double(edits), Double(words) / Double(right.count)]
  }

  func value(ofSums sums: [Double]) -> Double {
    if sums[1] > 0 { return 100 * (sums[0] / sums[1]) }
    return sums[0] > 0 ? 100 : 0
  }
}
