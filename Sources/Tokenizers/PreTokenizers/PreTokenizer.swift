import Patterns
import Values

/// One step of cutting a text into the words that are encoded one by one.
enum PreTokenizer: Sendable {
  case gpt2Words
  case pattern(TextPattern, Behavior, isInverted: Bool)
  case digits(isEachAlone: Bool)
  case punctuation(Behavior)
  case spaces
  case spacesAndPunctuation
  case wordCharacters
  case fixedLength(Int)
  case prefixSpace
  case metaspace(Metaspace)
  /// Writes bytes as letters, for models that know no bytes.
  case letters

  static let names = [
    "BertPreTokenizer", "ByteLevel", "CharDelimiterSplit", "Digits", "FixedLength", "Metaspace",
    "Punctuation",
    "Sequence", "Split", "Whitespace", "WhitespaceSplit",
  ]

  /// The steps of a pre-tokenizer, in order.
  static func steps(_ place: JSONPlace) throws(TokenizerError) -> [PreTokenizer] {
    switch try place.type() {
    case "Sequence":
      var steps: [PreTokenizer] = []
      for step in try place.required("pretokenizers").list() { steps += try Self.steps(step) }
      return steps
    case "ByteLevel":
      var steps: [PreTokenizer] = []
      if try place.flag("add_prefix_space", default: true) { steps.append(.prefixSpace) }
      if try place.flag("use_regex", default: true) { steps.append(.gpt2Words) }
      return steps + [.letters]
    case "Split":
      return [
        .pattern(
          try TextPattern(place.required("pattern")), try Behavior(place.required("behavior")),
          isInverted: try place.flag("invert", default: false))
      ]
    case "CharDelimiterSplit":
      let delimiter = try place.required("delimiter").text()
      return [.pattern(.text(Array(delimiter.utf8)), .removed, isInverted: false)]
    case "Digits": return [.digits(isEachAlone: try place.flag("individual_digits", default: false))]
    case "Punctuation":
      return [
        .punctuation(
          try place["behavior"].map { place throws(TokenizerError) in try Behavior(place) } ?? .isolated)
      ]
    case "WhitespaceSplit": return [.spaces]
    case "Whitespace": return [.wordCharacters]
    case "BertPreTokenizer": return [.spacesAndPunctuation]
    case "Metaspace": return [.metaspace(try Metaspace(place))]
    case "FixedLength":
      let length = try place.required("length")
      guard let count = length.value.asInt, count > 0 else {
        throw length.failure("should be a whole number from 1 on")
      }
      return [.fixedLength(count)]
    case let other:
      throw place.failure(
        "the pre-tokenizer `\(other)` is not supported",
        help: "supported are \(names.joined(separator: ", "))")
    }
  }

  /// Cuts each word further, or writes it anew.
  func apply(to words: inout Words) throws(PatternError) {
    let bytes = words.bytes
    switch self {
    case .prefixSpace:
      words.rewrite { word, _, out in
        if word.first != UInt8(ascii: " ") { out.append(UInt8(ascii: " ")) }
        out += word
      }
    case .letters:
      words.rewrite { word, _, out in for byte in word { out += ByteAlphabet.text(of: byte) } }
    case .metaspace(let metaspace): metaspace.apply(to: &words)
    case .gpt2Words: words.split { word, parts in GPT2Words.split(bytes[word]) { parts.append($0) } }
    case .pattern(let pattern, let behavior, let isInverted):
      try words.split { word, parts throws(PatternError) in
        var runs = Runs(of: word)
        try pattern.forEachMatch(in: bytes, word) { runs.add(match: $0) }
        runs.parts(to: word.upperBound, behavior, isInverted: isInverted, &parts)
      }
    case .digits(let isEachAlone):
      Self.split(&words, isEachAlone ? .isolated : .contiguous) { $0.isNumber }
    case .punctuation(let behavior): Self.split(&words, behavior) { $0.isPunctuation }
    case .spaces: Self.split(&words, .removed) { $0.isSpace }
    case .spacesAndPunctuation:
      Self.split(&words, .removed) { $0.isSpace }
      Self.split(&words, .isolated) { $0.isPunctuation }
    case .wordCharacters: Self.splitByKind(&words)
    case .fixedLength(let length): Self.split(&words, length: length)
    }
  }

  /// Cuts around each character of a kind.
  private static func split(_ words: inout Words, _ behavior: Behavior, _ isMatch: (Unicode.Scalar) -> Bool) {
    let bytes = words.bytes
    words.split { word, parts in
      var runs = Runs(of: word)
      let text = bytes[word]
      var at = word.lowerBound
      while let next = scalar(in: text, at: at) {
        if isMatch(next.scalar) { runs.add(match: at..<at + next.length) }
        at += next.length
      }
      runs.parts(to: word.upperBound, behavior, isInverted: false, &parts)
    }
  }

  /// Runs of word characters, and runs of others that are no space: `\w+|[^\w\s]+`.
  private static func splitByKind(_ words: inout Words) {
    let bytes = words.bytes
    words.split { word, parts in
      let text = bytes[word]
      var (start, at) = (word.lowerBound, word.lowerBound)
      var wasWord: Bool?
      while let next = scalar(in: text, at: at) {
        let kind: Bool? = next.scalar.isSpace ? nil : next.scalar.isWord
        if kind != wasWord {
          if wasWord != nil { parts.append(start..<at) }
          (start, wasWord) = (at, kind)
        }
        at += next.length
      }
      if wasWord != nil { parts.append(start..<word.upperBound) }
    }
  }

  private static func split(_ words: inout Words, length: Int) {
    let bytes = words.bytes
    words.split { word, parts in
      let text = bytes[word]
      var (start, at, count) = (word.lowerBound, word.lowerBound, 0)
      while let next = scalar(in: text, at: at) {
        at += next.length
        count += 1
        if count == length {
          parts.append(start..<at)
          (start, count) = (at, 0)
        }
      }
      if start < word.upperBound { parts.append(start..<word.upperBound) }
    }
  }
}
