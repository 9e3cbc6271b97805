extension Sequence<String> {
  /// The candidate nearest to `typo`, if at most a third of its letters are wrong.
  public func nearest(to typo: String) -> String? {
    let plain = letters(of: typo)
    // The same word in another way of writing: `outputType`, `Output-Type`.
    if plain.count > 1, let same = first(where: { letters(of: $0) == plain }) { return same }
    let limit = Swift.max(1, typo.utf8.count / 3)
    let written = Array(typo.utf8)
    // Every insertion or deletion is an edit, so that lengths alone rule most names out.
    let likely = filter { abs($0.utf8.count - written.count) <= limit }
    let scored = likely.map { (name: $0, distance: editDistance(Array($0.utf8), written)) }
    return scored.filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.name
  }
}

/// Letters and digits alone, the letters small.
private func letters(of name: String) -> [UInt8] {
  name.utf8.compactMap { byte in
    switch byte {
    case 0x41...0x5A: byte | 0x20
    case 0x30...0x39, 0x61...0x7A, 0x80...0xFF: byte
    default: nil
    }
  }
}

/// Levenshtein distance, with a swap of neighbours counted as one edit.
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var beforeLast = [Int]()
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var best = Swift.min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = Swift.min(best, beforeLast[j - 1] + 1) }
      row.append(best)
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}
