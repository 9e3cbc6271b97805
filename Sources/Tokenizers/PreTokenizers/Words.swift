/// A text on its way to words: its bytes, and where in them the words lie.
struct Words {
  var bytes: [UInt8]
  var ranges: [Range<Int>]
  /// Whether the first byte is the first of the whole text, and not of a part after a special token.
  var startsText: Bool

  init(_ bytes: [UInt8], startsText: Bool) {
    self.bytes = bytes
    self.startsText = startsText
    ranges = bytes.isEmpty ? [] : [0..<bytes.count]
  }

  /// Cuts each word; `cut` appends the ranges of its parts.
  mutating func split<Failure: Error>(
    _ cut: (Range<Int>, inout [Range<Int>]) throws(Failure) -> Void
  ) throws(Failure) {
    var parts: [Range<Int>] = []
    parts.reserveCapacity(ranges.count + bytes.count / 4)
    for range in ranges { try cut(range, &parts) }
    if parts.contains(where: \.isEmpty) { parts.removeAll(where: \.isEmpty) }
    ranges = parts
  }

  /// Writes each word anew; `write` appends what becomes of it and is told whether the word begins the text.
  mutating func rewrite(_ write: (ArraySlice<UInt8>, Bool, inout [UInt8]) -> Void) {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + ranges.count)
    startsText = startsText && ranges.first?.lowerBound == 0
    for index in ranges.indices {
      let start = out.count
      write(bytes[ranges[index]], startsText && index == 0, &out)
      ranges[index] = start..<out.count
    }
    bytes = out
  }
}

/// What becomes of the matches of a pattern.
enum Behavior: String, Sendable, CaseIterable {
  case removed = "Removed"
  case isolated = "Isolated"
  case mergedWithPrevious = "MergedWithPrevious"
  case mergedWithNext = "MergedWithNext"
  case contiguous = "Contiguous"

  init(_ place: JSONPlace) throws(TokenizerError) {
    guard let behavior = Behavior(rawValue: try place.text()) else {
      let known = Behavior.allCases.map(\.rawValue).joined(separator: ", ")
      throw place.failure("unknown behavior `\(try place.text())`", help: "known are \(known)")
    }
    self = behavior
  }
}

/// A word as runs that match a pattern and runs that do not, without gaps.
struct Runs {
  private var all: [(range: Range<Int>, isMatch: Bool)] = []
  private var end: Int

  init(of word: Range<Int>) { end = word.lowerBound }

  /// An empty match parts what is before it from what is after it.
  mutating func add(match: Range<Int>) {
    if match.lowerBound > end { all.append((end..<match.lowerBound, false)) }
    all.append((match, true))
    end = match.upperBound
  }

  /// Ends at the end of the word and appends its parts.
  consuming func parts(to end: Int, _ behavior: Behavior, isInverted: Bool, _ out: inout [Range<Int>]) {
    if end > self.end { all.append((self.end..<end, false)) }
    let joins: (Bool, Bool) -> Bool
    switch behavior {
    case .isolated: joins = { _, _ in false }
    case .removed: joins = { _, _ in false }
    case .contiguous: joins = { $0 == $1 }
    case .mergedWithPrevious: joins = { !$0 && $1 }
    case .mergedWithNext: joins = { $0 && !$1 }
    }
    let first = out.count
    var before: Bool?
    for run in all {
      let isMatch = run.isMatch != isInverted
      defer { before = isMatch }
      if behavior == .removed, isMatch { continue }
      if let before, out.count > first, joins(before, isMatch) {
        out[out.count - 1] = out[out.count - 1].lowerBound..<run.range.upperBound
      } else {
        out.append(run.range)
      }
    }
  }
}
