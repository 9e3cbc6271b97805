import Values

/// What makes tokens of one word: a vocabulary and a way to find its parts in the word.
protocol TokenModel: Sendable {
  var vocabulary: Vocabulary { get }

  /// Adds the tokens of a word, which is not empty.
  func encode(_ word: Span<UInt8>, into ids: inout [Int32])
}

/// The models that the library has, one case each, so that no call per word goes through an existential.
enum AnyTokenModel: Sendable {
  case bytePairs(BytePairs)
  case unigram(Unigram)
  case wordPiece(WordPiece)
  case wordLevel(WordLevel)

  /// - Parameter isByteLevel: whether words come as plain bytes, while the vocabulary writes bytes as letters.
  init(_ place: JSONPlace, isByteLevel: Bool) throws(TokenizerError) {
    switch try place["type"]?.text() ?? Self.guess(place) {
    case "BPE": self = .bytePairs(try BytePairs(place, isByteLevel: isByteLevel))
    case "Unigram": self = .unigram(try Unigram(place))
    case "WordPiece": self = .wordPiece(try WordPiece(place))
    case "WordLevel": self = .wordLevel(try WordLevel(place))
    case let other:
      throw place.failure(
        "a `\(other)` model is not supported", help: "supported are BPE, Unigram, WordPiece and WordLevel")
    }
  }

  /// Old files do not say what they hold.
  private static func guess(_ place: JSONPlace) -> String {
    if place["merges"] != nil { return "BPE" }
    if place["vocab"]?.value.asList != nil { return "Unigram" }
    return place["max_input_chars_per_word"] != nil ? "WordPiece" : "WordLevel"
  }

  var vocabulary: Vocabulary {
    switch self {
    case .bytePairs(let model): model.vocabulary
    case .unigram(let model): model.vocabulary
    case .wordPiece(let model): model.vocabulary
    case .wordLevel(let model): model.vocabulary
    }
  }

  func encode(_ words: borrowing Words, _ cache: inout WordCache, into ids: inout [Int32]) {
    switch self {
    case .bytePairs(let model): Self.encode(words, model, &cache, &ids)
    case .unigram(let model): Self.encode(words, model, &cache, &ids)
    case .wordPiece(let model): Self.encode(words, model, &cache, &ids)
    case .wordLevel(let model): Self.encode(words, model, &cache, &ids)
    }
  }

  private static func encode<Model: TokenModel>(
    _ words: borrowing Words, _ model: Model, _ cache: inout WordCache, _ ids: inout [Int32]
  ) {
    let bytes = words.bytes.span
    for range in words.ranges where !range.isEmpty {
      cache.encode(bytes.extracting(range), model, into: &ids)
    }
  }
}
