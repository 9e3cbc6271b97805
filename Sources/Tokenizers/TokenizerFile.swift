import Values

extension Tokenizer {
  /// The tokens of `added_tokens`, and those that `tokenizer_config.json` gives a role without defining them.
  static func addedTokens(
    _ root: JSONPlace, _ vocabulary: Vocabulary, _ config: TokenizerConfig
  ) throws(TokenizerError) -> [AddedTokens.Token] {
    var tokens: [AddedTokens.Token] = []
    for place in try root["added_tokens"]?.list() ?? [] {
      let content = try place.required("content").text()
      tokens.append(
        AddedTokens.Token(
          id: try place.required("id").id(), content: Array(content.utf8),
          isSpecial: try place.flag("special", default: false),
          isSingleWord: try place.flag("single_word", default: false),
          stripsLeft: try place.flag("lstrip", default: false),
          stripsRight: try place.flag("rstrip", default: false),
          isNormalized: try place.flag("normalized", default: false)))
    }
    for name in config.named where !tokens.contains(where: { $0.content.elementsEqual(name.utf8) }) {
      let known = vocabulary.id(of: name)
      let next = max(Int32(vocabulary.count), (tokens.map(\.id).max() ?? -1) + 1)
      tokens.append(AddedTokens.Token(id: known ?? next, content: Array(name.utf8), isSpecial: true))
    }
    return tokens
  }
}
