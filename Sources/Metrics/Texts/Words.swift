import Values

extension String {
  /// The pieces between white space, as Python's `split()` gives them.
  var pythonWords: [String] {
    unicodeScalars.split(whereSeparator: \.isPythonSpace).map { String($0) }
  }
}

/// Numbers for words, so that they are compared quickly and exactly.
struct WordNumbers {
  private var numbers: [ExactText: Int] = [:]

  mutating func numbers(of words: [String]) -> [Int] {
    words.map { word in
      let key = ExactText(word)
      if let number = numbers[key] { return number }
      numbers[key] = numbers.count
      return numbers.count - 1
    }
  }
}
