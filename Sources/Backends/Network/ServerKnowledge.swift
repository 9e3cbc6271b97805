import Exchange
import Synchronization
import Values

/// What a server has shown of itself; asked once, however often it is needed.
final class ServerKnowledge: Sendable {
  private struct State {
    /// Whether somebody has asked for the length, and what came of it.
    var isLengthAsked = false
    var length: Int?
    var scores = false
  }
  private let state = Mutex(State())

  /// How many tokens a prompt and its answer may have together; nil where the server does not say.
  var length: Int? { state.withLock { $0.length } }
  var isLengthAsked: Bool { state.withLock { $0.isLengthAsked } }
  func learn(length: Int?) {
    state.withLock {
      $0.isLengthAsked = true
      $0.length = length
    }
  }

  /// Whether it has scored a prompt as it should.
  var scores: Bool { state.withLock { $0.scores } }
  func learnThatItScores() { state.withLock { $0.scores = true } }
}

/// Where a kind of server says how many tokens a prompt and its answer may have together.
enum LengthSource: Sendable {
  /// In its list of models, as vLLM and SGLang do.
  case models
  /// Among its properties, as llama.cpp does.
  case properties

  var path: String {
    switch self {
    case .models: "/v1/models"
    case .properties: "/props"
    }
  }

  /// The length for a model of this name, or for the only one there is.
  func length(in reply: Value, model: String) -> Int? {
    let length: Int?
    switch self {
    case .models:
      let models = reply.asMap?["data"]?.asList?.compactMap(\.asMap) ?? []
      let own = models.first { $0["id"]?.asString.map { sameBytes($0, model) } ?? false }
      length = (own ?? (models.count == 1 ? models[0] : nil))?["max_model_len"]?.asInt
    case .properties:
      let defaults = reply.asMap?["default_generation_settings"]?.asMap
      length = (defaults?["n_ctx"] ?? reply.asMap?["n_ctx"])?.asInt
    }
    return length.flatMap { $0 > 0 ? $0 : nil }
  }
}

extension ServerCore {
  /// The longest input in tokens: as the user says, or else as the server does.
  var maxLength: Int? { settings.maxLength ?? knowledge.length }

  func withLength(_ map: OrderedMap) -> OrderedMap {
    var map = map
    if let maxLength { map["max_length"] = .int(maxLength) }
    return map
  }

  /// Asks each server how much it takes, where the user does not say and prompts can be cut to it.
  func learnLength() async throws(BackendError) {
    guard settings.maxLength == nil, splitter.knowsTokens, !knowledge.isLengthAsked,
      let source = traits.lengthSource
    else { return }
    var least: Int?
    for server in client.servers.indices {
      do throws(CallFailure) {
        let reply = try await client.get(source.path, affinity: UInt64(server))
        if let length = source.length(in: reply, model: settings.modelName) {
          least = min(least ?? length, length)
        }
      } catch {
        switch error.error.kind {
        // What was cut and what was not would go by chance.
        case .unreachable:
          throw BackendError(
            .unreachable, error.error.message,
            help: (error.error.help.map { $0 + "; " } ?? "")
              + "with `max_length` the server need not be asked how much it takes")
        case .cancelled: throw error.error
        // Many servers do not tell; what else is wrong, the run finds out.
        default: break
        }
      }
    }
    knowledge.learn(length: least)
  }
}
