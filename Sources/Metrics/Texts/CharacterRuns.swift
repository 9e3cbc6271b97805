import Values

/// The chrF score of a corpus, by Popović 2015 and 2017: runs of up to six characters and, in chrF++, of up to
/// two words.
struct CharacterRuns {
  let longestWordRun: Int

  private static let longest = 6
  /// How much more what is found counts than what is right.
  private static let weight = 4.0

  private var lengths: Int { Self.longest + longestWordRun }
  /// For each length the runs written, the runs of the right text and the runs shared.
  var width: Int { 3 * lengths }

  /// Those beside the right text that fits best.
  func summands(of text: String, beside references: [String]) -> [Double] {
    let texts = [text] + references
    let characters = texts.map { text in
      text.unicodeScalars.filter { !$0.isPythonSpace }.map { Int($0.value) }
    }
    var numbers = WordNumbers()
    let words = longestWordRun > 0 ? texts.map { numbers.numbers(of: Self.words(in: $0)) } : []
    let characterRuns = RunCounts(characters, upTo: Self.longest)
    let wordRuns = RunCounts(words, upTo: longestWordRun)
    var best: [Double] = []
    var most = -1.0
    for reference in 1..<texts.count {
      var summands: [Double] = []
      for length in 1..<(lengths + 1) {
        let isOfWords = length > Self.longest
        let tokens = isOfWords ? words : characters
        let own = isOfWords ? length - Self.longest : length
        let right = runCount(tokens[reference].count, length: own)
        let written = right == 0 ? 0 : runCount(tokens[0].count, length: own)
        let shared = (isOfWords ? wordRuns : characterRuns).shared(length: own, 0, reference)
        summands += [Double(written), Double(right), Double(shared)]
      }
      let score = value(ofSums: summands)
      if score > most { (best, most) = (summands, score) }
    }
    return best
  }

  func value(ofSums sums: [Double]) -> Double {
    var precision = 0.0
    var recall = 0.0
    var count = 0.0
    for place in stride(from: 0, to: sums.count, by: 3) where sums[place] > 0 && sums[place + 1] > 0 {
      precision += sums[place + 2] / sums[place]
      recall += sums[place + 2] / sums[place + 1]
      count += 1
    }
    guard precision + recall > 0 else { return 0 }
    precision /= count
    recall /= count
    return 100 * ((1 + Self.weight) * precision * recall / (Self.weight * precision + recall))
  }

  /// Words, with one punctuation mark at the end split off, or else one at the start.
  private static func words(in text: String) -> [String] {
    text.pythonWords.flatMap { word -> [String] in
      let scalars = word.unicodeScalars
      guard scalars.count > 1, let first = scalars.first, let last = scalars.last else { return [word] }
      if last.isASCIIPunctuation { return [String(scalars.dropLast()), String(last)] }
      if first.isASCIIPunctuation { return [String(first), String(scalars.dropFirst())] }
      return [word]
    }
  }
}
