import Tokenizers
import Values

/// How texts become tokens for a model, as the harness does it for Hugging Face models.
struct TokenRules: Sendable {
  let tokenizer: Tokenizer
  /// Whether the token for the beginning is put before a text; nil leaves it to the tokenizer.
  let addsBos: Bool?
  /// What an empty context is replaced by.
  let prefixToken: Int32
  private let prefixText: String
  /// What the model can read at once.
  let maxLength: Int

  init(_ tokenizer: Tokenizer, addsBos: Bool?, prefixToken: Int32, maxLength: Int) {
    self.tokenizer = tokenizer
    self.addsBos = addsBos
    self.prefixToken = prefixToken
    self.maxLength = maxLength
    prefixText = tokenizer.decode([prefixToken])
  }

  /// The tokens of a text with what the model expects around it; a text that begins with the prefix token already, as
  /// chat templates write it, does not get a second one.
  func encode(_ text: String) throws(ModelError) -> [Int32] {
    try encode(text, unlessAfter: prefixText)
  }

  private func encode(_ text: String, unlessAfter beginning: String?) throws(ModelError) -> [Int32] {
    if let beginning, text.utf8.starts(with: beginning.utf8) { return try plain(text) }
    switch addsBos {
    case nil:
      do { return try tokenizer.encode(text) } catch { throw ModelError(error) }
    case true?: return (tokenizer.bosID.map { [$0] } ?? []) + (try plain(text))
    case false?: return try plain(text)
    }
  }

  private func plain(_ text: String) throws(ModelError) -> [Int32] {
    do { return try tokenizer.encode(text, addingSpecial: false) } catch { throw ModelError(error) }
  }

  /// Context and continuation of a likelihood request.
  ///
  /// White space at the end of the context goes to the continuation, and the two are split where the tokens of the
  /// context alone end: not the same as the tokens of the continuation alone.
  func pair(context: String, continuation: String) throws(ModelError) -> (
    context: [Int32], continuation: [Int32]
  ) {
    if context.isEmpty {
      let tokens = try plain(continuation)
      if tokens.first == prefixToken { return ([prefixToken], Array(tokens.dropFirst())) }
      return ([prefixToken], tokens)
    }
    let end = Self.endWithoutSpace(context)
    let whole = try encode(context + continuation)
    let before = try encode(String(context[..<end]))
    return (before, Array(whole.dropFirst(before.count)))
  }

  /// Where Python's `rstrip` would cut.
  private static func endWithoutSpace(_ text: String) -> String.Index {
    let scalars = text.unicodeScalars
    var end = scalars.endIndex
    while end > scalars.startIndex {
      let before = scalars.index(before: end)
      guard isPythonSpace(scalars[before]) else { break }
      end = before
    }
    return end
  }

  /// The prompt of a generation.
  func prompt(_ text: String) throws(ModelError) -> [Int32] {
    let tokens = try encode(text, unlessAfter: tokenizer.config.bosToken)
    return tokens.isEmpty ? [prefixToken] : tokens
  }

  func count(_ text: String) throws(ModelError) -> Int { try plain(text).count }

  /// A text longer than the model reads at once, as windows that each predict what no other does.
  ///
  /// The first predicts from the prefix token on; every further one sees one token before what it predicts, and the
  /// last as much as fits.
  func windows(_ text: String) throws(ModelError) -> [ScoredSequence] {
    let tokens = try encode(text)
    guard !tokens.isEmpty else { return [] }
    var done = min(maxLength, tokens.count)
    var windows = [
      ScoredSequence(input: [prefixToken] + tokens[..<(done - 1)], targets: Array(tokens[..<done]))
    ]
    while done < tokens.count {
      let end = done + min(tokens.count - done, maxLength)
      windows.append(
        ScoredSequence(
          input: Array(tokens[end - maxLength - 1..<end - 1]), targets: Array(tokens[done..<end])))
      done = end
    }
    return windows
  }
}
