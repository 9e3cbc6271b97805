/// chrF++ of a corpus, as the tool *sacrebleu* has it by default.
struct ChrFPlusPlusAggregation: TextAggregation {
  static let name = "chrf++"
  static let about = "chrF++ over all pairs of right texts and a written one, from 0 to 100."

  private let runs = CharacterRuns(longestWordRun: 2)

  var width: Int { runs.width }

  func summands(of text: String, beside references: [String]) -> [Double] {
    runs.summands(of: text, beside: references)
  }

  func value(ofSums sums: [Double]) -> Double { runs.value(ofSums: sums) }
}
