import Exchange
import Foundation
import Inference
import Tokenizers
import Values

/// Splits prompts into context and continuation: by a tokenizer at hand, by the server's, or not at all.
struct PromptSplitter: Sendable {
  /// Asks the server for a text's tokens.
  typealias Remote = @Sendable (String) async throws(CallFailure) -> [Int]

  private enum Way: Sendable {
    case local(PromptTokens)
    case remote(Remote)
    case none
  }

  private let way: Way
  private let settings: ServerSettings
  /// The end of a text as the tokenizer writes it.
  let endText: String?
  /// The token that stands for an empty context.
  private let prefix: Int?

  init(_ settings: ServerSettings, remote: Remote?) throws(BackendError) {
    self.settings = settings
    if let folder = settings.tokenizer, ["auto", "huggingface"].contains(settings.tokenizerBackend) {
      guard FileManager.default.fileExists(atPath: "\(folder)/tokenizer.json") else {
        throw BackendError(
          .unusable, "`tokenizer`: there is no \(folder)/tokenizer.json",
          help: "name a folder that holds the model's tokenizer; the weights need not be there")
      }
      var own = LocalModelSettings()
      own.addsBos = settings.addBosToken
      own.prefixToken = settings.prefixToken
      do throws(ModelError) { way = .local(try PromptTokens(folder: folder, own)) } catch {
        throw BackendError(.unusable, error.message, help: error.help)
      }
      let config = try? TokenizerConfig(file: "\(folder)/tokenizer_config.json")
      endText = settings.eosString ?? config?.eosToken
      prefix = settings.prefixToken
    } else if let remote, ["auto", "remote"].contains(settings.tokenizerBackend) {
      way = .remote(remote)
      endText = settings.eosString
      prefix = settings.prefixToken
    } else if settings.tokenizerBackend == "remote" {
      throw BackendError(
        .unusable, "this backend knows no way to ask its server for tokens",
        help:
          "name a folder with the tokenizer as `tokenizer`, or use the backend `vllm`, `sglang` or `llama-cpp`"
      )
    } else {
      way = .none
      endText = settings.eosString
      prefix = nil
    }
  }

  /// Whether prompts become token numbers before they are sent.
  var knowsTokens: Bool { if case .none = way { false } else { true } }

  /// In one word, for listings.
  var name: String {
    switch way {
    case .local: "tokenizer at hand"
    case .remote: "the server's tokenizer"
    case .none: "text offsets"
    }
  }

  /// The tokens to go on from; nil where texts are sent.
  func prompt(_ text: String) async throws(CallFailure) -> [Int]? {
    guard settings.tokenizedRequests else { return nil }
    guard case .local(let tokens) = way else { return nil }
    return try local(tokens, .generate(context: Prompt(text), options: GenerationOptions())).context.map(\.id)
  }

  /// A continuation in its context.
  func pair(_ context: String, _ continuation: String) async throws(CallFailure) -> ScoredInput {
    let start = context.pythonRightStripped
    var input = ScoredInput()
    input.text = context + continuation
    input.boundary = start.unicodeScalars.count
    switch way {
    case .local(let tokens):
      let split = try local(tokens, .loglikelihood(context: Prompt(context), continuation: continuation))
      input.ids = (split.context + split.continuation).map(\.id)
      input.texts = (split.context + split.continuation).map(\.text)
      input.first = split.context.count
      // Where texts are sent, the token for an empty context must be spelled out.
      if context.isEmpty { input.text = input.texts.joined() }
    case .remote(let remote):
      if context.isEmpty {
        let ids = try await remote(continuation)
        input.ids = [try prefixToken()] + ids
        input.first = 1
      } else {
        let whole = try await remote(context + continuation)
        let before = try await remote(start)
        input.ids = whole
        input.first = before.count
      }
    case .none:
      if start.isEmpty {
        throw CallFailure(
          error: BackendError(
            .unanswerable, "a continuation without context can only be scored by tokens",
            help: "name the model's tokenizer with `tokenizer=FOLDER`"))
      }
    }
    guard input.ids.isEmpty || (input.first > 0 && input.first < input.ids.count) else {
      throw CallFailure(
        error: BackendError(
          .unanswerable,
          "the continuation \(continuation.debugDescription) has no token of its own behind its context"))
    }
    return input
  }

  /// A whole text in windows, each with one token before what it scores at first.
  func windows(_ text: String, length: Int?) async throws(CallFailure) -> [ScoredInput] {
    var ids: [Int]
    var texts: [String] = []
    let prefix: Int
    var prefixText = ""
    switch way {
    case .local(let tokens):
      let split = try local(tokens, .loglikelihoodRolling(text: text))
      ids = split.continuation.map(\.id)
      texts = split.continuation.map(\.text)
      let start = try local(tokens, .loglikelihood(context: "", continuation: "a")).context.first
      prefix = start?.id ?? 0
      prefixText = start?.text ?? ""
    case .remote(let remote):
      ids = try await remote(text)
      prefix = try prefixToken()
    case .none:
      throw CallFailure(
        error: BackendError(
          .unanswerable, "a whole text can only be scored by tokens",
          help: "name the model's tokenizer with `tokenizer=FOLDER`"),
        isFatal: true)
    }
    guard !ids.isEmpty else { return [] }
    let most = max(1, (length ?? .max) - 1)
    var windows: [ScoredInput] = []
    var done = 0
    while done < ids.count {
      let count = min(most, ids.count - done)
      let end = done + count
      // The last window has as much before it as fits.
      let start = done == 0 ? 0 : max(0, end - most - 1)
      var window = ScoredInput()
      window.ids = (done == 0 ? [prefix] : []) + ids[start..<end]
      if !texts.isEmpty { window.texts = (done == 0 ? [prefixText] : []) + texts[start..<end] }
      window.text = window.texts.joined()
      window.first = done == 0 ? 1 : done - start
      windows.append(window)
      done = end
    }
    return windows
  }

  private func prefixToken() throws(CallFailure) -> Int {
    if let prefix { return prefix }
    throw CallFailure(
      error: BackendError(
        .unanswerable, "the server's tokenizer does not say which token stands for an empty context",
        help: "give its number with `custom_prefix_token_id`"))
  }

  private func local(_ tokens: PromptTokens, _ ask: Request.Ask) throws(CallFailure) -> TokenizedRequest {
    do throws(ModelError) { return try tokens.tokens(of: ask) } catch {
      throw CallFailure(error: BackendError(.unanswerable, error.message, help: error.help))
    }
  }
}

extension ScoredInput {
  /// The same cut from the left to so many tokens; nil where the scored part itself is longer.
  func cut(to length: Int?) -> ScoredInput? {
    guard let length, ids.count > length else { return self }
    let excess = ids.count - length
    guard first > excess else { return nil }
    var short = self
    short.ids = Array(ids.dropFirst(excess))
    short.texts = Array(texts.dropFirst(excess))
    short.first -= excess
    short.text = texts.isEmpty ? text : short.texts.joined()
    return short
  }
}
