public import Exchange
import Foundation
import Tokenizers
import Values

/// What a model's folder says of the texts that it takes; its weights are not read.
public struct ModelOutline: Sendable {
  private let rules: TokenRules
  private let settings: LocalModelSettings

  public init(folder: String, _ settings: LocalModelSettings = LocalModelSettings()) throws(ModelError) {
    try OpenedFolder.requireFolder(folder)
    let config = try ModelConfig(folder: folder)
    let tokenizer: Tokenizer
    do { tokenizer = try Tokenizer(folder: settings.tokenizerFolder ?? folder) } catch {
      throw ModelError(error)
    }
    rules = TokenRules(
      tokenizer, addsBos: settings.addsBos,
      prefixToken: try OpenedFolder.prefixToken(tokenizer, settings, vocabulary: .max),
      maxLength: try OpenedFolder.maxLength(config, tokenizer, settings, positions: nil))
    self.settings = settings
  }

  /// How long a request is as the model reads it; nil for one that is read in windows.
  public func length(of request: Request) throws(ModelError) -> BackendFit.Length? {
    switch request.ask {
    case .loglikelihoodRolling: return nil
    case .loglikelihood(let context, let continuation):
      let pair = try rules.pair(context: context.text, continuation: continuation)
      // The last token is predicted and never read.
      return BackendFit.Length(
        prompt: pair.context.count, answer: pair.continuation.count, room: rules.maxLength + 1)
    case .generate(let context, let options):
      return BackendFit.Length(
        prompt: try rules.prompt(context.text).count,
        answer: options.hasLimit ? options.maxTokens : settings.maxTokens, room: rules.maxLength)
    }
  }
}
