public import Exchange
import Foundation
import Tokenizers
import Values

/// The tokens that a model of a folder is fed, found without its weights.
public struct PromptTokens: Sendable {
  /// The longest input, from the settings, `config.json` or `tokenizer_config.json`.
  public let maxLength: Int?
  private let rules: TokenRules

  /// - Parameter folder: holds `tokenizer.json`, unless the settings name another; `config.json` may be missing.
  public init(folder: String, _ settings: LocalModelSettings = LocalModelSettings()) throws(ModelError) {
    let tokenizer: Tokenizer
    do { tokenizer = try Tokenizer(folder: settings.tokenizerFolder ?? folder) } catch {
      throw ModelError(error)
    }
    var own: Int?
    if FileManager.default.fileExists(atPath: "\(folder)/config.json") {
      let config = try ModelConfig(folder: folder)
      own = config.maxLength
      try config.check()
    }
    maxLength = settings.maxLength ?? own ?? tokenizer.config.maxLength
    rules = TokenRules(
      tokenizer, addsBos: settings.addsBos,
      prefixToken: try OpenedFolder.prefixToken(tokenizer, settings, vocabulary: tokenizer.count),
      maxLength: maxLength ?? Int.max)
  }

  /// A request's tokens; one that the model could not answer has none in one of its parts.
  public func tokens(of ask: Request.Ask) throws(ModelError) -> TokenizedRequest {
    switch ask {
    case .generate(let context, _): TokenizedRequest(context: shown(try rules.prompt(context.text)))
    case .loglikelihoodRolling(let text): TokenizedRequest(continuation: shown(try rules.encode(text)))
    case .loglikelihood(let context, let continuation): try pair(context.text, continuation)
    }
  }

  public func count(_ text: String) throws(ModelError) -> Int {
    text.isEmpty ? 0 : try rules.encode(text).count
  }

  private func pair(_ context: String, _ continuation: String) throws(ModelError) -> TokenizedRequest {
    let pair = try rules.pair(context: context, continuation: continuation)
    var isMerged = false
    if !context.isEmpty { isMerged = try !rules.encode(context + continuation).starts(with: pair.context) }
    let moved = context.utf8.dropFirst(context.pythonRightStripped.utf8.count)
    return TokenizedRequest(
      context: shown(pair.context), continuation: shown(pair.continuation),
      movedSpace: String(Substring(moved)), isMerged: isMerged)
  }

  private func shown(_ ids: [Int32]) -> [Token] {
    ids.map { Token(id: Int($0), text: rules.tokenizer.decode([$0])) }
  }
}
