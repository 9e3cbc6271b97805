import Foundation
import Tensors
import Tokenizers
import Values

/// A model folder, read and checked.
struct OpenedFolder {
  let decoder: Decoder
  let rules: TokenRules
  let endTokens: Set<Int32>
  let generationDefaults: OrderedMap
  let facts: OrderedMap

  init(_ folder: String, _ settings: LocalModelSettings) throws(ModelError) {
    try Self.requireFolder(folder)
    let config = try ModelConfig(folder: folder)
    _ = try KnownArchitectures.find(config)
    let checkpoint: Checkpoint
    let tokenizer: Tokenizer
    // It is read while the weights are: both take a while.
    let tokenizerFolder = settings.tokenizerFolder ?? folder
    let reading = Beside { () throws(TokenizerError) in try Tokenizer(folder: tokenizerFolder) }
    do { checkpoint = try Checkpoint(folder: folder) } catch { throw ModelError(error) }
    let weights = WeightReader(checkpoint, as: settings.weightType)
    decoder = try KnownArchitectures.read(config, weights)
    do { tokenizer = try reading.value() } catch { throw ModelError(error) }
    let generation = try Self.generationConfig(folder)
    let maxLength = try Self.maxLength(config, tokenizer, settings, positions: decoder.shape.positions)
    rules = TokenRules(
      tokenizer, addsBos: settings.addsBos,
      prefixToken: try Self.prefixToken(tokenizer, settings, vocabulary: decoder.shape.vocabulary),
      maxLength: maxLength)
    let ends = generation?.tokens("eos_token_id") ?? []
    endTokens = Set(
      ends.isEmpty ? config.tokens("eos_token_id") + (tokenizer.eosID.map { [$0] } ?? []) : ends)
    generationDefaults = try Self.defaults(generation)
    facts = Self.facts(tokenizer, maxLength, weights.parameterCount, settings.weightType)
  }

  static func requireFolder(_ folder: String) throws(ModelError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw ModelError(
        .unusable, "there is no model folder `\(folder)`",
        help: "name a folder with `config.json`, `*.safetensors` and `tokenizer.json`; nothing is downloaded")
    }
  }

  private static func generationConfig(_ folder: String) throws(ModelError) -> ModelConfig? {
    let file = "\(folder)/generation_config.json"
    return FileManager.default.fileExists(atPath: file) ? try ModelConfig(file: file) : nil
  }

  static func maxLength(
    _ config: ModelConfig, _ tokenizer: Tokenizer, _ settings: LocalModelSettings, positions: Int?
  ) throws(ModelError) -> Int {
    let own = config.maxLength
    try config.check()
    let length = settings.maxLength ?? own ?? tokenizer.config.maxLength ?? 2048
    if let positions, length > positions {
      throw ModelError(
        .unusable, "`max_length` is \(length), but the model has only \(positions) positions",
        help: "give at most \(positions)")
    }
    return length
  }

  /// What stands before a text without context: given by the user, else the beginning token, else the end token.
  static func prefixToken(
    _ tokenizer: Tokenizer, _ settings: LocalModelSettings, vocabulary: Int
  ) throws(ModelError) -> Int32 {
    if let given = settings.prefixToken {
      guard given >= 0, given < vocabulary else {
        throw ModelError(
          .unusable, "`prefix_token_id` is \(given), but the vocabulary has \(vocabulary) tokens",
          help: "give the number of a token")
      }
      return Int32(given)
    }
    guard let token = tokenizer.bosID ?? tokenizer.eosID else {
      throw ModelError(
        .unusable,
        "the tokenizer has neither a beginning nor an end token, so an empty context cannot be read",
        help: "give `prefix_token_id`, or name `bos_token` or `eos_token` in `tokenizer_config.json`")
    }
    return token
  }

  private static func defaults(_ generation: ModelConfig?) throws(ModelError) -> OrderedMap {
    var defaults = OrderedMap()
    for key in ["repetition_penalty", "top_k", "top_p"] {
      if let generation, generation.has(key) { defaults[key] = .double(generation.number(key)) }
    }
    try generation?.check()
    return defaults
  }

  private static func facts(_ tokenizer: Tokenizer, _ maxLength: Int, _ parameters: Int, _ type: WeightType)
    -> OrderedMap
  {
    func token(_ text: String?) -> Value {
      let id = text.flatMap { tokenizer.id(of: $0) }
      return [text.map { .string($0) } ?? .null, .string(id.map { "\($0)" } ?? "None")]
    }
    let config = tokenizer.config
    return [
      "model_num_parameters": .int(parameters),
      "model_dtype": type == .bfloat16 ? "torch.bfloat16" : "torch.float32",
      "model_revision": "main",
      "model_sha": "",
      "tokenizer_pad_token": token(config.padToken ?? config.unkToken ?? config.eosToken),
      "tokenizer_eos_token": token(config.eosToken),
      "tokenizer_bos_token": token(config.bosToken),
      "eot_token_id": tokenizer.eosID.map { .int(Int($0)) } ?? .null,
      "max_length": .int(maxLength),
    ]
  }
}
