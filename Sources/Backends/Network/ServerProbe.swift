import Exchange
import Values

/// A few small requests that find out what a server can do.
struct ServerProbe<Dialect: ServerBackend>: Sendable {
  let core: ServerCore

  private static var context: String { "The sky is blue and the grass is" }
  private static var continuation: String { " green" }

  /// Fails with one sentence unless the server scores a prompt, token by token, as it is asked.
  func requireScores() async throws(CallFailure) {
    do throws(CallFailure) { _ = try await score() } catch {
      if error.error.kind == .cancelled || error.isFatal { throw error }
      throw CallFailure(
        error: BackendError(
          error.error.kind == .unreachable ? .unreachable : .unusable,
          "the server cannot be asked for log-likelihoods: \(error.error.message)",
          help: error.error.help ?? PromptScores.otherWays), isFatal: true)
    }
    core.knowledge.learnThatItScores()
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
    if let length = await length() { lines.append(("longest input", length)) }
    lines += await writing()
    lines.append(("takes conversations", await conversations()))
    lines.append(("heeds seeds", await seeds()))
    lines.append(("log-likelihoods", await scoring()))
    return lines
  }

  private func length() async -> String? {
    if let length = core.settings.maxLength { return "\(length) tokens, as given" }
    do throws(BackendError) { try await core.learnLength() } catch { return nil }
    return core.maxLength.map { "\($0) tokens, as the server says" }
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

  private func draft(
    _ text: String = context, temperature: Double = 0, stops: [String] = [], seed: Int? = nil
  ) -> WritingDraft {
    WritingDraft(
      text: text, ids: nil, maxTokens: temperature > 0 ? 16 : 8, temperature: temperature, stops: stops,
      seed: seed ?? core.settings.seed, others: core.settings.options, settings: core.settings)
  }

  private func written(_ message: ServerClient.Message) async throws(CallFailure) -> WrittenText {
    let reply = try await core.client.ask(message, affinity: 0)
    do throws(ReplyTrouble) { return try Dialect.written(reply) } catch { throw CallFailure(error, core) }
  }

  private func writing() async -> [(name: String, text: String)] {
    let stop = core.traits.isChat ? "e" : " "
    var draft = draft(stops: [stop])
    if core.mode == .firstToken { draft.firstTokens = 20 }
    do throws(CallFailure) {
      let written = try await written(Dialect.writing(draft))
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
      if error.isUnknownPlace, await takesOnlyConversations() {
        return [("writes texts", "no: \(Self.chatOnly.message); \(Self.chatOnly.help ?? "")")]
      }
      return [("writes texts", Self.no(error.error))]
    }
  }

  private static func no(_ error: BackendError) -> String {
    "no: \(error.message)" + (error.help.map { "; \($0)" } ?? "")
  }

  // MARK: - Conversations

  /// A server that was asked for a text and knows only conversations.
  static var chatOnly: BackendError {
    BackendError(
      .unusable, "the server has this model for conversations only",
      help: "use `local-chat-completions` with `--apply_chat_template`, and for choices `score_mode=generate`"
    )
  }

  /// Whether a server of completions that refused to write answers in a conversation.
  func takesOnlyConversations() async -> Bool {
    guard !core.traits.isChat, !core.traits.takesBoth else { return false }
    do throws(CallFailure) {
      try await converse()
      return true
    } catch { return false }
  }

  private func conversations() async -> String {
    if core.traits.isChat { return "yes, and nothing else: plain prompts are messages of the user" }
    do throws(CallFailure) {
      try await converse()
      return core.traits.takesBoth
        ? "yes, with `--apply_chat_template`" : "yes, but not from here: use `local-chat-completions`"
    } catch { return error.isUnknownPlace ? "no" : Self.no(error.error) }
  }

  /// Has the server answer a conversation, in its dialect or else as most do.
  private func converse() async throws(CallFailure) {
    let messages = [ChatMessage(.user, Self.context)]
    let draft = draft(messages.values.json())
    if core.traits.takesBoth {
      _ = try await written(Dialect.writing(draft))
      return
    }
    let message = ServerClient.Message(
      path: "/v1/chat/completions", body: OpenAIForm.chat(draft, limitKey: "max_tokens"))
    let reply = try await core.client.ask(message, affinity: 0)
    do throws(ReplyTrouble) { _ = try OpenAIForm.said(reply) } catch { throw CallFailure(error, core) }
  }

  // MARK: - Seeds

  /// Whether one seed gives one text, and others give others.
  private func seeds() async -> String {
    func message(_ seed: Int) -> ServerClient.Message { Dialect.writing(draft(temperature: 1, seed: seed)) }
    guard message(1).body != message(2).body else { return "no: this dialect sends none" }
    do throws(CallFailure) {
      let first = try await written(message(1)).text
      let again = try await written(message(1)).text
      guard sameBytes(first, again) else {
        return "no: one seed gave two texts, so sampled answers cannot be had again"
      }
      for seed in 2...4 {
        let other = try await written(message(seed)).text
        if !sameBytes(first, other) { return "yes" }
      }
      return "cannot be told: four seeds gave one text"
    } catch { return Self.no(error.error) }
  }
}
