import Patterns

/// One step of cutting a text into the words that are encoded one by one.
enum PreTokenizer: Sendable {
  case gpt2Words
  case pattern(Pattern, Behavior, isInverted: Bool)
  case digits(isEachAlone: Bool)
  case prefixSpace

  /// What becomes of the matches of a pattern.
  enum Behavior: String, Sendable, CaseIterable {
    case removed = "Removed"
    case isolated = "Isolated"
    case mergedWithPrevious = "MergedWithPrevious"
    case mergedWithNext = "MergedWithNext"
    case contiguous = "Contiguous"
  }

  /// The steps of a pre-tokenizer, which must end in bytes: vocabularies of letters are not read.
  static func steps(_ place: JSONPlace) throws(TokenizerError) -> [PreTokenizer] {
    var steps: [PreTokenizer] = []
    var isByteLevel = false
    try collect(place, &steps, &isByteLevel)
    guard isByteLevel else {
      throw place.failure(
        "does not turn text into bytes", help: "only byte-level tokenizers (GPT-2, Llama 3, Qwen …) are read")
    }
    return steps
  }

  private static func collect(
    _ place: JSONPlace, _ steps: inout [PreTokenizer], _ isByteLevel: inout Bool
  ) throws(TokenizerError) {
    let type = try place.type()
    if isByteLevel, type != "Sequence" {
      throw place.failure("a step after ByteLevel is not supported", help: "put ByteLevel last")
    }
    switch type {
    case "Sequence":
      for step in try place.required("pretokenizers").list() { try collect(step, &steps, &isByteLevel) }
    case "ByteLevel":
      isByteLevel = true
      if try place.flag("add_prefix_space", default: true) { steps.append(.prefixSpace) }
      if try place.flag("use_regex", default: true) { steps.append(.gpt2Words) }
    case "Split": steps.append(try split(place))
    case "Digits": steps.append(.digits(isEachAlone: try place.flag("individual_digits", default: false)))
    case let other:
      throw place.failure(
        "the pre-tokenizer `\(other)` is not supported",
        help: "supported are ByteLevel, Split, Digits and Sequence")
    }
  }

  private static func split(_ place: JSONPlace) throws(TokenizerError) -> PreTokenizer {
    let written = try place.required("pattern")
    let name = try place.required("behavior")
    guard let behavior = Behavior(rawValue: try name.text()) else {
      let known = Behavior.allCases.map(\.rawValue).joined(separator: ", ")
      throw name.failure("unknown behavior `\(try name.text())`", help: "known are \(known)")
    }
    let regex: String
    if let text = written["String"] {
      regex = Pattern.escape(try text.text())
    } else {
      regex = try written.required("Regex").text()
    }
    do {
      return .pattern(try Pattern(raw: regex), behavior, isInverted: try place.flag("invert", default: false))
    } catch let error as PatternError {
      throw written.failure("the pattern cannot be read: \(error.message), at byte \(error.offset)")
    } catch let error as TokenizerError {
      throw error
    } catch {
      throw written.failure("the pattern cannot be read")
    }
  }

  /// Cuts each word further.
  func apply(to words: [ArraySlice<UInt8>]) throws(PatternError) -> [ArraySlice<UInt8>] {
    var out: [ArraySlice<UInt8>] = []
    out.reserveCapacity(words.count)
    for word in words {
      switch self {
      case .prefixSpace: out.append(word.first == UInt8(ascii: " ") ? word : [UInt8(ascii: " ")] + word)
      case .gpt2Words: GPT2Words.split(word) { out.append(word[$0]) }
      case .pattern(let pattern, let behavior, let isInverted):
        var runs = Runs()
        try pattern.forEachMatch(in: String(decoding: word, as: UTF8.self)) { runs.add(match: $0) }
        runs.finish(at: word.count)
        append(runs, isInverted, behavior, of: word, &out)
      case .digits(let isEachAlone):
        append(Self.digitRuns(word), false, isEachAlone ? .isolated : .contiguous, of: word, &out)
      }
    }
    return out
  }

  private func append(
    _ runs: Runs, _ isInverted: Bool, _ behavior: Behavior, of word: ArraySlice<UInt8>,
    _ out: inout [ArraySlice<UInt8>]
  ) {
    for range in runs.pieces(behavior, isInverted: isInverted) {
      out.append(word[word.startIndex + range.lowerBound..<word.startIndex + range.upperBound])
    }
  }

  private static func digitRuns(_ word: ArraySlice<UInt8>) -> Runs {
    var runs = Runs()
    var at = word.startIndex
    while let next = scalar(in: word, at: at) {
      let start = at - word.startIndex
      if next.scalar.isNumber { runs.add(match: start..<start + next.length) }
      at += next.length
    }
    runs.finish(at: word.count)
    return runs
  }
}

/// A word as runs that match a pattern and runs that do not, without gaps.
private struct Runs {
  private var all: [(range: Range<Int>, isMatch: Bool)] = []
  private var end = 0

  mutating func add(match: Range<Int>) {
    if match.isEmpty { return }
    if match.lowerBound > end { all.append((end..<match.lowerBound, false)) }
    all.append((match, true))
    end = match.upperBound
  }

  mutating func finish(at count: Int) {
    if count > end { all.append((end..<count, false)) }
    end = count
  }

  func pieces(_ behavior: PreTokenizer.Behavior, isInverted: Bool) -> [Range<Int>] {
    let runs = all.map { (range: $0.range, isMatch: $0.isMatch != isInverted) }
    switch behavior {
    case .isolated: return runs.map(\.range)
    case .removed: return runs.filter { !$0.isMatch }.map(\.range)
    case .contiguous: return Self.joined(runs) { $0 == $1 }
    case .mergedWithPrevious: return Self.joined(runs) { !$0 && $1 }
    case .mergedWithNext: return Self.joined(runs) { $0 && !$1 }
    }
  }

  /// Joins neighbours where the rule, given whether each is a match, says so.
  private static func joined(_ runs: [(range: Range<Int>, isMatch: Bool)], _ rule: (Bool, Bool) -> Bool)
    -> [Range<Int>]
  {
    var out: [Range<Int>] = []
    for (index, run) in runs.enumerated() {
      if index > 0, let last = out.last, rule(runs[index - 1].isMatch, run.isMatch) {
        out[out.count - 1] = last.lowerBound..<run.range.upperBound
      } else {
        out.append(run.range)
      }
    }
    return out
  }
}
