extension Sequence<String> {
  /// The candidate nearest to `typo`, if at most a third of its letters are wrong; of several the first.
  public func nearest(to typo: String) -> String? { nearest(to: typo) { _, _ in false } }

  /// - Parameter precedes: which of two names that are equally near is taken; the first of them if neither precedes.
  public func nearest(to typo: String, _ precedes: (String, String) -> Bool) -> String? {
    let letters = Array(typo.utf8)
    var limit = Swift.max(1, letters.count / 3)
    var comparison = Comparison(letters)
    var best: String?
    for name in self {
      // The same word in another way of writing: `outputType`, `Output-Type`.
      if isSameWord(name, typo) { return name }
      // Every insertion or deletion is an edit, so that lengths alone rule most names out.
      guard abs(name.utf8.count - letters.count) <= limit,
        let distance = comparison.distance(to: name, atMost: limit)
      else { continue }
      if let best, distance == limit, !precedes(name, best) { continue }
      (best, limit) = (name, distance)
      if best != nil, limit == 0 { break }
    }
    return best
  }
}

/// Whether two names have the same letters and digits, apart from small and capital ones.
private func isSameWord(_ a: String, _ b: String) -> Bool {
  var (first, second) = (a.utf8.makeIterator(), b.utf8.makeIterator())
  var count = 0
  while true {
    let (left, right) = (letter(&first), letter(&second))
    guard left == right else { return false }
    guard left != nil else { return count > 1 }
    count += 1
  }
}

/// The next letter or digit, as a small one.
private func letter(_ bytes: inout String.UTF8View.Iterator) -> UInt8? {
  while let byte = bytes.next() {
    switch byte {
    case 0x41...0x5A: return byte | 0x20
    case 0x30...0x39, 0x61...0x7A, 0x80...0xFF: return byte
    default: continue
    }
  }
  return nil
}

/// Levenshtein distances from one text, with a swap of neighbours counted as one edit.
private struct Comparison {
  private let letters: [UInt8]
  private var other: [UInt8] = []
  private var beforeLast: [Int]
  private var last: [Int]
  private var row: [Int]

  init(_ letters: [UInt8]) {
    self.letters = letters
    beforeLast = [Int](repeating: 0, count: letters.count + 1)
    last = beforeLast
    row = beforeLast
  }

  /// Nil when it is more than `limit`, which shows long before the end for most names.
  mutating func distance(to name: String, atMost limit: Int) -> Int? {
    other.removeAll(keepingCapacity: true)
    other.append(contentsOf: name.utf8)
    for j in last.indices { last[j] = j }
    var leastOfLast = 0
    for i in other.indices {
      row[0] = i + 1
      var least = row[0]
      for j in letters.indices {
        var best = Swift.min(last[j + 1] + 1, row[j] + 1, last[j] + (other[i] == letters[j] ? 0 : 1))
        if i > 0, j > 0, other[i] == letters[j - 1], other[i - 1] == letters[j] {
          best = Swift.min(best, beforeLast[j - 1] + 1)
        }
        row[j + 1] = best
        least = Swift.min(least, best)
      }
      // A row is made of the two before it.
      if least > limit, leastOfLast > limit { return nil }
      leastOfLast = least
      swap(&beforeLast, &last)
      swap(&last, &row)
    }
    return last[letters.count] <= limit ? last[letters.count] : nil
  }
}
