import Values

/// How much of a text and of the right one overlaps, by ROUGE (Lin 2004) as the package *rouge_score* has it
/// without stemming.
enum Overlap {
  /// The share of runs of so many words.
  static func ofRuns(_ length: Int, _ text: String, _ reference: String) -> Double {
    let texts = numbers([[text], [reference]]).map { $0[0] }
    let shared = RunCounts(texts, upTo: length).shared(length: length, 0, 1)
    return harmonicMean(
      shared, runCount(texts[0].count, length: length), runCount(texts[1].count, length: length))
  }

  /// The share of the longest sequence of words that both have, others between them or not.
  static func ofSequence(_ text: String, _ reference: String) -> Double {
    let texts = numbers([[text], [reference]]).map { $0[0] }
    let shared = CommonSequence(texts[1], texts[0]).length
    return harmonicMean(shared, texts[0].count, texts[1].count)
  }

  /// The same line by line: of each line of the right text, the words that are in such a sequence with any line.
  static func ofSequencesByLine(_ text: String, _ reference: String) -> Double {
    let lines = numbers([text, reference].map { $0.unicodeScalars.split(separator: "\n").map(String.init) })
    var left = lines.map { lines in
      lines.joined().reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
    }
    var shared = 0
    for line in lines[1] {
      let places = lines[0].reduce(into: Set<Int>()) { $0.formUnion(CommonSequence(line, $1).places) }
      // A word counts no more often than each text has it.
      for word in places.sorted().map({ line[$0] }) where left.allSatisfy({ $0[word, default: 0] > 0 }) {
        shared += 1
        for text in left.indices { left[text][word, default: 0] -= 1 }
      }
    }
    return harmonicMean(shared, lines[0].joined().count, lines[1].joined().count)
  }

  private static func harmonicMean(_ shared: Int, _ written: Int, _ right: Int) -> Double {
    let precision = Double(shared) / Double(max(written, 1))
    let recall = Double(shared) / Double(max(right, 1))
    return shared == 0 ? 0 : 2 * precision * recall / (precision + recall)
  }

  /// The words of lines of texts as numbers: runs of Latin letters without accents and of digits, in lower
  /// case.
  private static func numbers(_ texts: [[String]]) -> [[[Int]]] {
    var numbers = WordNumbers()
    return texts.map { lines in
      lines.map { line in
        let scalars = line.pythonLowercased.unicodeScalars
        let words = scalars.split { !("a"..."z").contains($0) && !("0"..."9").contains($0) }
        return numbers.numbers(of: words.map { String($0) })
      }
    }
  }
}

/// The longest sequence that two texts have in common.
private struct CommonSequence {
  private let text, other: [Int]
  /// Its length for each two beginnings.
  private let lengths: [[Int]]

  init(_ text: [Int], _ other: [Int]) {
    self.text = text
    self.other = other
    var lengths = [[Int](repeating: 0, count: other.count + 1)]
    for word in text {
      let above = lengths[lengths.count - 1]
      var row = [0]
      for column in other.indices {
        row.append(word == other[column] ? above[column] + 1 : max(above[column + 1], row[column]))
      }
      lengths.append(row)
    }
    self.lengths = lengths
  }

  var length: Int { lengths[text.count][other.count] }

  /// Where its words are in the first text, as they are found from the end.
  var places: [Int] {
    var places: [Int] = []
    var (row, column) = (text.count, other.count)
    while row > 0, column > 0 {
      if text[row - 1] == other[column - 1] {
        places.append(row - 1)
        row -= 1
        column -= 1
      } else if lengths[row][column - 1] > lengths[row - 1][column] {
        column -= 1
      } else {
        row -= 1
      }
    }
    return places
  }
}
