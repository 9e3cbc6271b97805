import Foundation
public import Values

/// What `tokenizer_config.json` says beside the tokenizer proper.
public struct TokenizerConfig: Sendable {
  public var bosToken: String?
  public var eosToken: String?
  public var padToken: String?
  public var unkToken: String?
  /// The longest input the tokenizer was made for; nil where it says none.
  public var maxLength: Int?
  public var addBosToken: Bool?
  /// The chat template: a text, or a list of named ones.
  public var chatTemplate: Value?

  public init() {}

  /// Reads a file; a missing one says nothing.
  public init(file: String) throws(TokenizerError) {
    guard FileManager.default.fileExists(atPath: file) else { return }
    let place = try JSONPlace(file: file)
    _ = try place.map()
    bosToken = try Self.token(place["bos_token"])
    eosToken = try Self.token(place["eos_token"])
    padToken = try Self.token(place["pad_token"])
    unkToken = try Self.token(place["unk_token"])
    addBosToken = try place["add_bos_token"]?.flag()
    chatTemplate = place["chat_template"]?.value
    // "No limit" is written as a number far beyond any.
    if let length = place["model_max_length"]?.value.asDouble, length > 0, length < 1e15 {
      maxLength = Int(length)
    }
  }

  /// A token is written as its text, or as an object that holds it.
  private static func token(_ place: JSONPlace?) throws(TokenizerError) -> String? {
    guard let place else { return nil }
    if let text = place.value.asString { return text }
    return try place.required("content").text()
  }

  /// The tokens with a role, each once.
  var named: [String] {
    var seen: [String] = []
    for token in [bosToken, eosToken, unkToken, padToken] {
      if let token, !seen.contains(where: { sameBytes($0, token) }) { seen.append(token) }
    }
    return seen
  }
}
