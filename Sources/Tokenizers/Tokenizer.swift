import Patterns
import Synchronization
import Values

/// A tokenizer as `tokenizer.json` of the `tokenizers` library describes it: text to token numbers and back.
///
/// Byte-pair encoding over bytes (GPT-2, Llama 3, Qwen) and over characters (Llama 2, Gemma), unigram models (T5,
/// XLM-R), WordPiece (BERT) and whole words, with the library's normalizers, pre-tokenizers, post-processors and
/// decoders.
public final class Tokenizer: Sendable {
  public let config: TokenizerConfig
  private let file: String
  private let normalizer: Normalizer?
  private let steps: [PreTokenizer]
  private let model: AnyTokenModel
  private let postProcessor: PostProcessor
  private let decoder: Decoder?
  /// Looked for in the text as it is, and in the text after its normalisation.
  private let rawTokens: AddedTokens
  private let normalizedTokens: AddedTokens
  private let added: [Int32: AddedTokens.Token]
  private let addedIDs: [ExactText: Int32]
  private let words = Mutex(WordCache())

  /// Reads `tokenizer.json` and, where it is, `tokenizer_config.json` of a folder.
  public convenience init(folder: String) throws(TokenizerError) {
    try self.init(
      file: "\(folder)/tokenizer.json", config: TokenizerConfig(file: "\(folder)/tokenizer_config.json"))
  }

  public init(file: String, config: TokenizerConfig = TokenizerConfig()) throws(TokenizerError) {
    let root = try JSONPlace(file: file)
    let model = try root.required("model")
    var steps: [PreTokenizer] = []
    if let place = root["pre_tokenizer"] { steps = try PreTokenizer.steps(place) }
    let normalizer = try root["normalizer"].map { place throws(TokenizerError) in try Normalizer(place) }
    let takesBytes = try BytePairs.takesBytes(model)
    let isByteLevel = Self.endsInLetters(steps) && takesBytes
    // Bytes need not be written as letters for a model that can be asked by bytes.
    if case .letters? = steps.last, isByteLevel { steps.removeLast() }
    self.model = try AnyTokenModel(model, isByteLevel: isByteLevel)
    self.steps = steps
    self.normalizer = normalizer
    decoder = try root["decoder"].map { place throws(TokenizerError) in try Decoder(place) }
    postProcessor =
      try root["post_processor"].map { place throws(TokenizerError) in try PostProcessor(place) }
      ?? PostProcessor()
    self.config = config
    self.file = file
    let written = try Self.addedTokens(root, self.model.vocabulary, config)
    var tokens: [AddedTokens.Token] = []
    for var token in written {
      // A token that is looked for in normalised text is normalised itself, and decodes as such.
      if token.isNormalized, let normalizer {
        var text = NormalizedText(token.content, startsText: true)
        do throws(PatternError) { try normalizer.apply(to: &text) } catch {
          throw root.failure("a token of `added_tokens` cannot be normalised: \(error.message)")
        }
        token.content = text.bytes
      }
      tokens.append(token)
    }
    rawTokens = AddedTokens(tokens.filter { !$0.isNormalized })
    normalizedTokens = AddedTokens(tokens.filter(\.isNormalized))
    added = Dictionary(tokens.map { ($0.id, $0) }) { $1 }
    addedIDs = Dictionary(written.map { (ExactText(String(decoding: $0.content, as: UTF8.self)), $0.id) }) {
      $1
    }
    guard count > 0 else { throw root.failure("holds no tokens") }
  }

  /// Whether bytes are written as letters once, at the end of all steps.
  private static func endsInLetters(_ steps: [PreTokenizer]) -> Bool {
    let places = steps.indices.filter { if case .letters = steps[$0] { true } else { false } }
    return places.count == 1 && places[0] == steps.count - 1
  }

  /// The number of a token by its text, added or of the vocabulary.
  public func id(of token: String) -> Int32? { addedIDs[ExactText(token)] ?? model.vocabulary.id(of: token) }

  public var bosID: Int32? { config.bosToken.flatMap { id(of: $0) } }
  public var eosID: Int32? { config.eosToken.flatMap { id(of: $0) } }

  /// One more than the highest token number.
  public var count: Int { max(model.vocabulary.count, Int(added.keys.max() ?? -1) + 1) }
}

// MARK: - Encoding

extension Tokenizer {
  /// The tokens of a text.
  ///
  /// - Parameter addingSpecial: whether the tokens that the tokenizer puts around a text, such as the one for its
  ///   beginning, are added. Special tokens that stand in the text are recognised either way.
  public func encode(_ text: String, addingSpecial: Bool = true) throws(TokenizerError) -> [Int32] {
    var ids = addingSpecial ? postProcessor.prefix : []
    do throws(PatternError) {
      for part in rawTokens.parts(of: Array(text.utf8)[...]) {
        if let id = part.token { ids.append(id) } else { try encode(run: part.text, into: &ids) }
      }
    } catch {
      throw TokenizerError(
        file: file, place: "pre_tokenizer", "its pattern gave up on a text: \(error.message)",
        help: "shorten the text, or simplify the pattern")
    }
    if addingSpecial { ids += postProcessor.suffix }
    return ids
  }

  private func encode(run: ArraySlice<UInt8>, into ids: inout [Int32]) throws(PatternError) {
    var text = NormalizedText(Array(run), startsText: run.startIndex == 0)
    try normalizer?.apply(to: &text)
    for part in normalizedTokens.parts(of: text.bytes[...]) {
      if let id = part.token {
        ids.append(id)
        continue
      }
      var words = Words(Array(part.text), startsText: text.startsText && part.text.startIndex == 0)
      for step in steps { try step.apply(to: &words) }
      self.words.withLock { model.encode(words, &$0, into: &ids) }
    }
  }
}

// MARK: - Decoding

extension Tokenizer {
  /// The text of some tokens; bytes that are not UTF-8 become U+FFFD, numbers without a token nothing.
  public func decode(_ ids: some Sequence<Int32>, skippingSpecial: Bool = false) -> String {
    if case .byteLevel? = decoder { return decodeBytes(ids, skippingSpecial) }
    var tokens: [[UInt8]] = []
    for id in ids {
      if let token = added[id] {
        if !(skippingSpecial && token.isSpecial) { tokens.append(token.content) }
      } else if let text = model.vocabulary.text(of: id) {
        tokens.append(Array(text))
      }
    }
    guard let decoder else {
      return String(decoding: Array(tokens.joined(separator: [UInt8(ascii: " ")])), as: UTF8.self)
    }
    return decoder.text(tokens)
  }

  /// The same for tokens that stand for bytes, which need no list of texts.
  private func decodeBytes(_ ids: some Sequence<Int32>, _ skippingSpecial: Bool) -> String {
    var bytes: [UInt8] = []
    for id in ids {
      if let token = added[id] {
        if !(skippingSpecial && token.isSpecial) { ByteAlphabet.append(token.content[...], to: &bytes) }
      } else if let text = model.vocabulary.text(of: id) {
        ByteAlphabet.append(text, to: &bytes)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
