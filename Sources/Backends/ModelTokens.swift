public import Exchange
import Inference
public import Values

/// The tokens of a model's folder for whoever shows prompts, by the rules of the `native` backend.
public struct ModelTokens: TokenFormat {
  private let tokens: PromptTokens

  /// - Parameters:
  ///   - folder: a model's folder, or one with a tokenizer alone.
  ///   - settings: the model's arguments; those that change tokens or length count.
  public init(folder: String, settings: OrderedMap = [:]) throws(BackendError) {
    var own = LocalModelSettings()
    own.tokenizerFolder = settings["tokenizer"]?.asString
    own.maxLength = settings["max_length"]?.asInt
    own.prefixToken = settings["prefix_token_id"]?.asInt
    if case .bool(let adds)? = settings["add_bos_token"] { own.addsBos = adds }
    do throws(ModelError) { tokens = try PromptTokens(folder: folder, own) } catch {
      throw BackendError(.unusable, error.message, help: error.help)
    }
  }

  public var contextLength: Int? { tokens.maxLength }

  public func tokens(of ask: Request.Ask) throws(BackendError) -> TokenizedRequest {
    do throws(ModelError) { return try tokens.tokens(of: ask) } catch {
      throw BackendError(.unanswerable, error.message, help: error.help)
    }
  }

  public func count(_ text: String) throws(BackendError) -> Int {
    do throws(ModelError) { return try tokens.count(text) } catch {
      throw BackendError(.unanswerable, error.message, help: error.help)
    }
  }
}
