import Glibc
import Patterns
import Values

/// BLEU of a corpus (Papineni and others, 2002), as the tool *sacrebleu* has it by default.
struct BLEUAggregation: TextAggregation {
  static let name = "bleu"
  static let about = "BLEU over all pairs of right texts and a written one, from 0 to 100."

  private static let longest = 4

  /// The words written, the words of the right text; then for each length the runs shared and the runs
  /// written.
  var width: Int { 2 + 2 * Self.longest }

  func summands(of text: String, beside references: [String]) -> [Double] {
    var numbers = WordNumbers()
    let texts = ([text] + references).map { numbers.numbers(of: BLEUWords.words(in: $0)) }
    let runs = RunCounts(texts, upTo: Self.longest)
    let length = texts[0].count
    let lengths = texts.dropFirst().map(\.count)
    let nearest = lengths.min { (abs($0 - length), $0) < (abs($1 - length), $1) } ?? 0
    let others = Array(1..<texts.count)
    let shared = (1...Self.longest).map { runs.shared(length: $0, 0, others) }
    let written = (1...Self.longest).map { runCount(length, length: $0) }
    return ([length, nearest] + shared + written).map { Double($0) }
  }

  func value(ofSums sums: [Double]) -> Double {
    let shared = sums[2..<2 + Self.longest]
    let written = sums[(2 + Self.longest)...]
    guard shared.contains(where: { $0 > 0 }) else { return 0 }
    var precisions = [Double](repeating: 0, count: Self.longest)
    var halves = 1.0
    for (place, (shared, written)) in zip(shared, written).enumerated() {
      guard written > 0 else { break }
      if shared == 0 { halves *= 2 }
      precisions[place] = shared == 0 ? 100 / (halves * written) : 100 * shared / written
    }
    let logarithms = precisions.map { $0 == 0 ? -9_999_999_999 : log($0) }
    let penalty = sums[0] < sums[1] ? exp(1 - sums[1] / sums[0]) : 1
    return penalty * exp(sum(logarithms) / Double(Self.longest))
  }
}

/// The words of the tokenizer `13a`, by which BLEU scores are compared.
private enum BLEUWords {
  private static let mark = Pattern(constant: #"([ -&(-+/:-@\[-`{-~])"#)
  private static let pointAfterText = Pattern(constant: #"([^0-9])([.,])"#)
  private static let pointBeforeText = Pattern(constant: #"([.,])([^0-9])"#)
  private static let dashAfterDigit = Pattern(constant: #"([0-9])(-)"#)

  private static let beforehand = [
    (Pattern(constant: "<skipped>"), ""), (Pattern(constant: "-\n"), ""), (Pattern(constant: "\n"), " "),
  ]
  private static let entities = [
    (Pattern(constant: "&quot;"), "\""), (Pattern(constant: "&amp;"), "&"), (Pattern(constant: "&lt;"), "<"),
    (Pattern(constant: "&gt;"), ">"),
  ]

  static func words(in text: String) -> [String] {
    var line = text.pythonRightStripped
    for (pattern, replacement) in beforehand { replace(pattern, in: &line, with: replacement) }
    if line.utf8.contains(UInt8(ascii: "&")) {
      for (entity, letter) in entities { replace(entity, in: &line, with: letter) }
    }
    line = " \(line) "
    replace(mark, in: &line, with: #" \1 "#)
    replace(pointAfterText, in: &line, with: #"\1 \2 "#)
    replace(pointBeforeText, in: &line, with: #" \1 \2"#)
    replace(dashAfterDigit, in: &line, with: #"\1 \2 "#)
    return line.pythonWords
  }

  /// None of these patterns can backtrack without end, so a search never fails.
  private static func replace(_ pattern: Pattern, in line: inout String, with replacement: String) {
    line = (try? pattern.replacing(in: line, with: replacement)) ?? line
  }
}
