/// Counts of all runs of up to so many tokens ("n-grams") in several texts.
///
/// Every distinct run has a number, made from that of the run without its last token; equal runs of all texts
/// have the same, so comparing two texts is comparing two rows of counts.
struct RunCounts {
  /// For each length from 1 on, for each text, how often each run occurs, by its number.
  private let counts: [[[Int]]]

  init(_ texts: [[Int]], upTo longest: Int) {
    var all: [[[Int]]] = []
    var prefixes = texts.map { $0.map { _ in 0 } }
    for length in 1..<(longest + 1) {
      var numbers: [Run: Int] = [:]
      var runs: [[Int]] = []
      for (text, prefixes) in zip(texts, prefixes) {
        runs.append(
          (0..<max(0, text.count - length + 1)).map { start in
            let run = Run(prefix: prefixes[start], last: text[start + length - 1])
            if let number = numbers[run] { return number }
            numbers[run] = numbers.count
            return numbers.count - 1
          })
      }
      all.append(
        runs.map { runs in
          var counts = [Int](repeating: 0, count: numbers.count)
          for run in runs { counts[run] += 1 }
          return counts
        })
      prefixes = runs
    }
    counts = all
  }

  private struct Run: Hashable {
    let prefix: Int
    let last: Int
  }

  /// How many runs of a length two texts share, each counted as often as in that which has it less often.
  func shared(length: Int, _ a: Int, _ b: Int) -> Int {
    shared(length: length, a, [b])
  }

  /// The same of one text with several others, each run as often as in that of them which has it most often.
  func shared(length: Int, _ text: Int, _ others: [Int]) -> Int {
    let counts = counts[length - 1]
    return counts[text].indices.reduce(0) { total, run in
      let own = counts[text][run]
      return own == 0 ? total : total + min(own, others.lazy.map { counts[$0][run] }.max() ?? 0)
    }
  }
}

/// How many runs of a length a text of so many tokens has.
func runCount(_ tokens: Int, length: Int) -> Int { max(0, tokens - length + 1) }
