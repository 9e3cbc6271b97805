public import Exchange
import Values

/// Two small requests that find out what a server can do.
struct ServerProbe<Dialect: ServerBackend>: Sendable {
  let core: ServerCore

  private static var context: String { "The sky is blue and the grass is" }
  private static var continuation: String { " green" }

  /// Throws one sentence unless the server scores a prompt, token by token, as it is asked.
  func requireScores() async throws(BackendError) {
    do throws(CallFailure) { _ = try await score() } catch {
      if error.error.kind == .cancelled || error.isFatal { throw error.error }
      throw BackendError(
        error.error.kind == .unreachable ? .unreachable : .unusable,
        "the server cannot be asked for log-likelihoods: \(error.error.message)",
        help: error.error.help ?? PromptScores.otherWays)
    }
  }

  private func score() async throws(CallFailure) -> ContinuationScore {
    let input = try await core.splitter.pair(Self.context, Self.continuation)
    return try await core.score(input, Dialect.self, affinity: 0)
  }

  /// What the server does, a line for each ability.
  func findings() async -> [(name: String, text: String)] {
    var lines: [(name: String, text: String)] = [
      ("backend", Dialect.name),
      ("servers", core.client.servers.map(\.endpoint).map(core.secrets.redacted).joined(separator: ", ")),
      ("model", core.settings.modelName.isEmpty ? "none named" : core.settings.modelName),
      ("key", core.secrets.key == nil ? "none" : "given"),
      ("prompts are split by", core.traits.isChat ? "the server (conversations)" : core.splitter.name),
    ]
    lines += await writing()
    lines.append(("log-likelihoods", await scoring()))
    return lines
  }

  private func scoring() async -> String {
    if core.mode != .logprobs {
      return "not asked for; `score_mode=\(core.mode.rawValue)` chooses without them"
    }
    guard Dialect.traits.scoresPrompts else {
      return
        "no: this dialect does not score prompts; `score_mode=first_token` or `score_mode=generate` choose without"
    }
    do throws(CallFailure) {
      let score = try await score()
      return
        "yes: \(Self.continuation.debugDescription) after \(Self.context.debugDescription) has \(pythonRepr(score.logProbability))"
    } catch {
      return "no: \(error.error.message)" + (error.error.help.map { "; \($0)" } ?? "")
    }
  }

  private func writing() async -> [(name: String, text: String)] {
    let stop = core.traits.isChat ? "e" : " "
    var draft = WritingDraft(
      text: Self.context, ids: nil, maxTokens: 8, temperature: 0, stops: [stop], seed: core.settings.seed,
      others: core.settings.options, settings: core.settings)
    if core.mode == .firstToken { draft.firstTokens = 20 }
    do throws(CallFailure) {
      let reply = try await core.client.ask(Dialect.writing(draft), affinity: 0)
      let written: WrittenText
      do throws(ReplyTrouble) { written = try Dialect.written(reply) } catch {
        throw CallFailure(error, core)
      }
      let isHeeded = !written.text.contains(stop)
      var lines = [
        ("writes texts", "yes: \(core.secrets.redacted(written.text.debugDescription))"),
        ("heeds stop texts", isHeeded ? "yes, or did not meet one" : "no: answers are cut here"),
      ]
      if core.mode == .firstToken {
        lines.append(
          ("first tokens", written.firstTokens.isEmpty ? "no" : "the \(written.firstTokens.count) likeliest"))
      }
      return lines
    } catch {
      return [("writes texts", "no: \(error.error.message)" + (error.error.help.map { "; \($0)" } ?? ""))]
    }
  }
}

/// A backend that can be asked what its server is able to do.
public protocol Probed: Backend {
  func probe() async -> [(name: String, text: String)]
}
