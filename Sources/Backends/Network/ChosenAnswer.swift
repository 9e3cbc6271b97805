import Values

/// Finds which of some choices a written answer names.
enum ChosenAnswer {
  /// The choice that the answer begins with, the longest of them; else the only one that stands in it as words.
  static func index(in answer: String, of choices: [String]) -> Int? {
    let text = plain(answer)
    let words = choices.map { plain($0) }
    let starts = words.indices.filter { !words[$0].isEmpty && begins(text, with: words[$0]) }
    if let best = starts.max(by: { words[$0].count < words[$1].count }) { return best }
    let inside = words.indices.filter { !words[$0].isEmpty && stands(words[$0], in: text) }
    return inside.count == 1 ? inside[0] : nil
  }

  /// Without case, marks at the start and blanks around.
  private static func plain(_ text: String) -> [Character] {
    var letters = Array(text.pythonStripped.lowercased())
    while let first = letters.first, "([*\"'`".contains(first) { letters.removeFirst() }
    return letters
  }

  private static func begins(_ text: [Character], with word: [Character]) -> Bool {
    text.starts(with: word) && isEnd(text, word.count)
  }

  private static func isEnd(_ text: [Character], _ at: Int) -> Bool {
    at >= text.count || !(text[at].isLetter || text[at].isNumber)
  }

  private static func stands(_ word: [Character], in text: [Character]) -> Bool {
    guard word.count <= text.count else { return false }
    return (0...text.count - word.count).contains { start in
      text[start..<start + word.count].elementsEqual(word) && isEnd(text, start + word.count)
        && (start == 0 || !(text[start - 1].isLetter || text[start - 1].isNumber))
    }
  }
}
