import Patterns
import Synchronization
import Values

/// A tokenizer as `tokenizer.json` of the `tokenizers` library describes it: text to token numbers and back.
///
/// Byte-level byte-pair encoding, as GPT-2, Llama 3, Qwen and many others have it.
public final class Tokenizer: Sendable {
  public let config: TokenizerConfig
  private let file: String
  private let normalizer: Normalizer?
  private let steps: [PreTokenizer]
  private let model: BytePairs
  private let postProcessor: PostProcessor
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
    let type = try model["type"]?.text() ?? "BPE"
    guard type == "BPE" else {
      throw model.failure(
        "a `\(type)` model is not supported",
        help: "only byte-level BPE tokenizers (GPT-2, Llama 3, Qwen …) are read")
    }
    guard let preTokenizer = root["pre_tokenizer"] else {
      throw root.failure(
        "has no `pre_tokenizer`", help: "only byte-level BPE tokenizers (GPT-2, Llama 3, Qwen …) are read")
    }
    steps = try PreTokenizer.steps(preTokenizer)
    normalizer = try root["normalizer"].map { place throws(TokenizerError) in try Normalizer(place) }
    if let decoder = root["decoder"], try decoder.type() != "ByteLevel" {
      throw decoder.failure(
        "the decoder `\(try decoder.type())` is not supported", help: "only byte-level tokenizers are read")
    }
    self.model = try BytePairs(model)
    postProcessor =
      try root["post_processor"].map { place throws(TokenizerError) in try PostProcessor(place) }
      ?? PostProcessor()
    self.config = config
    self.file = file
    let written = try Self.addedTokens(root, self.model.vocabulary, config)
    let normalize = normalizer
    // A token that is looked for in normalised text is normalised itself, and decodes as such.
    let tokens = written.map { token in
      guard token.isNormalized, let normalize else { return token }
      var token = token
      token.content = Array(normalize.apply(String(decoding: token.content, as: UTF8.self)).utf8)
      return token
    }
    rawTokens = AddedTokens(tokens.filter { !$0.isNormalized })
    normalizedTokens = AddedTokens(tokens.filter(\.isNormalized))
    added = Dictionary(tokens.map { ($0.id, $0) }) { $1 }
    addedIDs = Dictionary(written.map { (ExactText(String(decoding: $0.content, as: UTF8.self)), $0.id) }) {
      $1
    }
    try checkIDs(root)
  }

  /// The number of a token by its text, added or of the vocabulary.
  public func id(of token: String) -> Int32? {
    addedIDs[ExactText(token)] ?? ByteAlphabet.bytes(of: token).flatMap { model.vocabulary.id(of: $0) }
  }

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
    var failure: PatternError?
    rawTokens.split(Array(text.utf8)[...]) { run, id in
      if let id {
        ids.append(id)
      } else {
        do throws(PatternError) { try encode(run: run, into: &ids) } catch { failure = failure ?? error }
      }
    }
    if let failure {
      throw TokenizerError(
        file: file, place: "pre_tokenizer", "its pattern gave up on a text: \(failure.message)",
        help: "shorten the text, or simplify the pattern")
    }
    if addingSpecial { ids += postProcessor.suffix }
    return ids
  }

  private func encode(run: ArraySlice<UInt8>, into ids: inout [Int32]) throws(PatternError) {
    guard let normalizer else { return try encode(normalized: run, into: &ids) }
    let text = normalizer.apply(String(decoding: run, as: UTF8.self))
    try encode(normalized: Array(text.utf8)[...], into: &ids)
  }

  private func encode(normalized run: ArraySlice<UInt8>, into ids: inout [Int32]) throws(PatternError) {
    var runs: [(ArraySlice<UInt8>, Int32?)] = []
    normalizedTokens.split(run) { runs.append(($0, $1)) }
    for (run, id) in runs {
      if let id {
        ids.append(id)
        continue
      }
      var pieces = [run]
      for step in steps { pieces = try step.apply(to: pieces) }
      words.withLock { cache in
        for piece in pieces { cache.encode(piece, model, into: &ids) }
      }
    }
  }
}

/// The tokens of words seen before; most words of a text are.
private struct WordCache: Sendable {
  private var known: [ArraySlice<UInt8>: [Int32]] = [:]
  private static let mostWords = 1 << 16
  private static let longestWord = 64

  mutating func encode(_ word: ArraySlice<UInt8>, _ model: BytePairs, into ids: inout [Int32]) {
    if let found = known[word] {
      ids += found
      return
    }
    let start = ids.count
    model.encode(word, into: &ids)
    guard word.count <= Self.longestWord else { return }
    if known.count >= Self.mostWords { known.removeAll(keepingCapacity: true) }
    known[ArraySlice(Array(word))] = Array(ids[start...])
  }
}

// MARK: - Decoding

extension Tokenizer {
  /// The text of some tokens; bytes that are not UTF-8 become U+FFFD.
  public func decode(_ ids: some Sequence<Int32>, skippingSpecial: Bool = false) -> String {
    var bytes: [UInt8] = []
    for id in ids { bytes += self.bytes(of: id, skippingSpecial: skippingSpecial) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The bytes one token stands for; none for a number without a token.
  func bytes(of id: Int32, skippingSpecial: Bool) -> [UInt8] {
    if let token = added[id] {
      if skippingSpecial, token.isSpecial { return [] }
      return ByteAlphabet.bytes(of: String(decoding: token.content, as: UTF8.self)) ?? token.content
    }
    return model.vocabulary.bytes(of: id) ?? []
  }
}

/// Text that grows token by token, given out only in whole characters.
public struct StreamingText: Sendable {
  private var pending: [UInt8] = []

  public init() {}

  /// Adds a token and returns the text that is now certain.
  public mutating func add(_ id: Int32, of tokenizer: Tokenizer, skippingSpecial: Bool = true) -> String {
    pending += tokenizer.bytes(of: id, skippingSpecial: skippingSpecial)
    let held = Self.incompleteTail(pending)
    let text = String(decoding: pending.dropLast(held), as: UTF8.self)
    pending.removeFirst(pending.count - held)
    return text
  }

  /// What is left at the end.
  public mutating func finish() -> String {
    defer { pending = [] }
    return String(decoding: pending, as: UTF8.self)
  }

  /// How many last bytes begin a character that is not whole yet.
  private static func incompleteTail(_ bytes: [UInt8]) -> Int {
    for back in 1...3 where back <= bytes.count {
      let byte = bytes[bytes.count - back]
      if byte & 0xC0 == 0x80 { continue }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return length > back ? back : 0
    }
    return 0
  }
}
