import Tokenizers

/// When a generated text is over, and what of it counts.
struct StopRules: Sendable {
  /// A text to stop at, and how many of the last tokens it is looked for in.
  private struct Stop: Sendable {
    let text: [UInt8]
    let window: Int
  }

  private let stops: [Stop]
  private let endTokens: Set<Int32>
  let maxTokens: Int
  private let thinking: ThinkingEnd?

  /// Stop texts are looked for in a few more tokens than their own, since a model may write them in others.
  init(
    until: [String], endTokens: Set<Int32>, maxTokens: Int, thinking: ThinkingEnd?, _ rules: TokenRules
  ) throws(ModelError) {
    var texts = until
    if let end = rules.tokenizer.eosID.map({ rules.tokenizer.decode([$0]) }), !texts.contains(end) {
      texts.append(end)
    }
    var stops: [Stop] = []
    for text in texts where !text.isEmpty {
      stops.append(Stop(text: Array(text.utf8), window: try rules.count(text) + 2))
    }
    self.stops = stops
    self.endTokens = endTokens
    self.maxTokens = maxTokens
    self.thinking = thinking
  }

  /// Whether nothing follows these tokens.
  func isOver(_ tokens: [Int32], _ tokenizer: Tokenizer) -> Bool {
    tokens.count >= maxTokens || isEnded(tokens, tokenizer)
  }

  /// Whether the model or a stop text ended it, and not the limit.
  func isEnded(_ tokens: [Int32], _ tokenizer: Tokenizer) -> Bool {
    guard let last = tokens.last else { return false }
    if endTokens.contains(last) { return true }
    return stops.contains { stop in
      Array(tokenizer.decode(tokens.suffix(stop.window)).utf8).firstRange(of: stop.text) != nil
    }
  }

  /// The answer: what follows the thinking, up to the first stop.
  func text(_ tokens: [Int32], _ tokenizer: Tokenizer) -> String {
    var tokens = tokens[...]
    if case .token(let end) = thinking, let place = tokens.lastIndex(of: end) {
      tokens = tokens[(place + 1)...]
    }
    var text = Array(tokenizer.decode(tokens, skippingSpecial: true).utf8)
    switch thinking {
    case .token: text = withoutLeadingSpace(text)
    case .text(let end):
      if let range = text.lastRange(of: Array(end.utf8)) { text = Array(text[range.upperBound...]) }
      text = withoutLeadingSpace(text)
    case nil: break
    }
    for stop in stops {
      if let range = text.firstRange(of: stop.text) { text = Array(text[..<range.lowerBound]) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func withoutLeadingSpace(_ text: [UInt8]) -> [UInt8] {
    let scalars = String(decoding: text, as: UTF8.self).unicodeScalars.drop(while: isPythonSpace)
    return Array(String(scalars).utf8)
  }
}

/// What ends the thinking of a model that thinks aloud: only what follows it is the answer.
public enum ThinkingEnd: Sendable, Hashable {
  case token(Int32)
  case text(String)
}

extension Array<UInt8> {
  func firstRange(of other: [UInt8]) -> Range<Int>? {
    guard let first = other.first, other.count <= count else { return nil }
    for start in 0...count - other.count
    where self[start] == first && self[start..<start + other.count].elementsEqual(other) {
      return start..<start + other.count
    }
    return nil
  }

  func lastRange(of other: [UInt8]) -> Range<Int>? {
    guard !other.isEmpty, other.count <= count else { return nil }
    for start in (0...count - other.count).reversed()
    where self[start..<start + other.count].elementsEqual(other) {
      return start..<start + other.count
    }
    return nil
  }
}

/// Python's `str.isspace`: Unicode's white space and four separators of ASCII.
func isPythonSpace(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
}
