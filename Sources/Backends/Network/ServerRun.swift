import Exchange
import Synchronization
import Values

/// One round of requests at a server: sorted into pieces of work, asked, and handed over.
struct ServerRun<Dialect: ServerBackend>: Sendable {
  let core: ServerCore
  let delivery: Delivery

  /// What is asked at once.
  private enum Work: Sendable {
    case one(Int)
    /// All continuations of one context, where the context alone is asked.
    case choices([Int])
  }

  func answer(_ requests: [Request]) async throws(BackendError) {
    if let index = requests.firstIndex(where: { !core.abilities.contains(.needed(for: $0.type)) }) {
      let type = requests[index].type
      throw BackendError(
        .unusable, "`\(Dialect.name)` cannot answer \(type.rawValue) requests here", help: advice(type))
    }
    let needsScores = core.mode == .logprobs && requests.contains { $0.type != .generateUntil }
    let probe = ServerProbe<Dialect>(core: core)
    let works = sorted(requests)
    do throws(CallFailure) {
      // A server that cannot score would be found out at once, before anything is paid for.
      if needsScores, !core.knowledge.scores { try await probe.requireScores() }
      try await core.client.work(works.count) { index throws(CallFailure) in
        switch works[index] {
        case .one(let at):
          try await handOver([at]) { () throws(CallFailure) in [try await answer(requests[at])] }
        case .choices(let all):
          try await handOver(all) { () throws(CallFailure) in try await choose(all.map { requests[$0] }) }
        }
      }
    } catch {
      if error.isUnknownPlace, await probe.takesOnlyConversations() { throw ServerProbe<Dialect>.chatOnly }
      throw error.error
    }
  }

  private func advice(_ type: RequestType) -> String? {
    type == .loglikelihoodRolling
      ? "use `score_mode=logprobs`, on a server that scores prompts" : PromptScores.otherWays
  }

  private func sorted(_ requests: [Request]) -> [Work] {
    guard core.mode != .logprobs else { return requests.indices.map { .one($0) } }
    var works: [Work] = []
    var places: [Prompt: Int] = [:]
    var groups: [[Int]] = []
    for (index, request) in requests.enumerated() {
      guard case .loglikelihood(let context, _) = request.ask else {
        works.append(.one(index))
        continue
      }
      if let place = places[context] {
        groups[place].append(index)
      } else {
        places[context] = groups.count
        groups.append([index])
      }
    }
    return works + groups.map { .choices($0) }
  }

  /// Hands over what came, or why nothing did; only what ends everything goes on up.
  private func handOver(
    _ indices: [Int], _ ask: () async throws(CallFailure) -> [Outcome]
  ) async throws(CallFailure) {
    do throws(CallFailure) {
      for (index, outcome) in zip(indices, try await ask()) {
        if let note = outcome.note { delivery.noted(index, note) }
        delivery.answer(index, outcome.answer)
      }
    } catch {
      if error.isFatal { throw error }
      for index in indices { delivery.failed(index, error.error) }
    }
  }

  struct Outcome: Sendable {
    var answer: Answer
    var note: AnswerNote?
  }

  // MARK: - One request

  private func answer(_ request: Request) async throws(CallFailure) -> Outcome {
    switch request.ask {
    case .generate(let context, let options):
      return try await write(context.text, options, request.repetition)
    case .loglikelihood(let context, let continuation):
      let text = context.text
      let input = try await core.splitter.pair(text, continuation)
      let score = try await score(input, affinity: text.affinity)
      return Outcome(answer: .loglikelihood(score.logProbability, isGreedy: score.isGreedy))
    case .loglikelihoodRolling(let text):
      var sum = 0.0
      for window in try await core.splitter.windows(text, length: core.maxLength.map { $0 - 1 }) {
        sum += try await score(window, affinity: text.affinity).logProbability
      }
      return Outcome(answer: .rolling(sum))
    }
  }

  private func write(
    _ text: String, _ options: GenerationOptions, _ repetition: Int
  ) async throws(CallFailure) -> Outcome {
    let stops = options.until + (core.splitter.endText.map { [$0] } ?? [])
    let draft = try await draft(text, options, stops: stops, repetition)
    let written = try await written(draft, affinity: text.affinity)
    let (answer, note) = written.answer(until: stops, thinkEnd: core.settings.thinkEnd)
    return Outcome(answer: .text(answer), note: note)
  }

  private func draft(
    _ text: String, _ options: GenerationOptions, stops: [String], _ repetition: Int = 0
  ) async throws(CallFailure) -> WritingDraft {
    let settings = core.settings
    let maxTokens = options.hasLimit ? options.maxTokens : settings.maxTokens
    var ids =
      core.traits.isChat || MessageList.conversation(in: text) != nil
      ? nil : try await core.splitter.prompt(text)
    if let length = core.maxLength, let all = ids, all.count > length - 1 - maxTokens,
      maxTokens < length - 1
    {
      ids = Array(all.suffix(length - 1 - maxTokens))
      delivery.remark(
        Remark(
          "truncated-prompt", "a prompt with its answer is longer than `max_length`: it was cut from the left"
        ))
    }
    var sent: [String] = []
    // What ends the answer must not end the thinking before it.
    let thinks = settings.thinkEnd.map { !$0.isEmpty } ?? false
    for stop in thinks ? core.splitter.endText.map({ [$0] }) ?? [] : stops
    where !stop.isEmpty && !sent.contains(where: { sameBytes($0, stop) }) {
      sent.append(stop)
    }
    if let limit = settings.stopLimit ?? core.traits.stopLimit, sent.count > limit {
      sent = Array(sent.prefix(limit))
      delivery.remark(
        Remark(
          "stops-cut-here",
          "the server takes \(limit) stop texts; all of the task's are heeded when its answers arrive"))
    }
    return WritingDraft(
      text: text, ids: ids, maxTokens: maxTokens, temperature: options.temperature, stops: sent,
      seed: settings.seed + repetition, others: options.others.merged(with: settings.options),
      settings: settings)
  }

  private func written(_ draft: WritingDraft, affinity: UInt64) async throws(CallFailure) -> WrittenText {
    let reply = try await core.client.ask(Dialect.writing(draft), affinity: affinity)
    do throws(ReplyTrouble) { return try Dialect.written(reply) } catch { throw CallFailure(error, core) }
  }

  private func score(_ whole: ScoredInput, affinity: UInt64) async throws(CallFailure) -> ContinuationScore {
    guard let input = whole.cut(to: core.maxLength.map { $0 - 1 }) else {
      throw CallFailure(
        error: BackendError(
          .tooLong,
          "a continuation of \(whole.ids.count - whole.first) tokens does not fit into `max_length`",
          help: "make it larger"))
    }
    if input.ids.count < whole.ids.count {
      delivery.remark(
        Remark("truncated-prompt", "a prompt is longer than `max_length`: it was cut from the left"))
    }
    return try await core.score(input, Dialect.self, affinity: affinity)
  }

  // MARK: - Choices without scores

  private func choose(_ requests: [Request]) async throws(CallFailure) -> [Outcome] {
    guard case .loglikelihood(let context, _)? = requests.first?.ask else { return [] }
    let choices = requests.map { request in
      if case .loglikelihood(_, let continuation) = request.ask { continuation } else { "" }
    }
    let text = context.text
    let isFirst = core.mode == .firstToken
    var options: OrderedMap = ["until": isFirst ? [] : ["\n\n"]]
    if isFirst { options["max_gen_toks"] = 1 }
    var draft = try await draft(text, GenerationOptions(options), stops: isFirst ? [] : ["\n\n"])
    if isFirst { draft.firstTokens = 20 }
    let written = try await written(draft, affinity: text.affinity)
    return isFirst ? try byFirstToken(written, choices) : byAnswer(written, choices, text)
  }

  private func byFirstToken(_ written: WrittenText, _ choices: [String]) throws(CallFailure) -> [Outcome] {
    guard let least = written.firstTokens.map(\.logProbability).min() else {
      throw CallFailure(
        error: BackendError(
          .unusable,
          "the server does not tell the likeliest first tokens, which `score_mode=first_token` reads",
          help: "use `score_mode=generate`, or a server that gives `top_logprobs`"), isFatal: true)
    }
    let found = choices.map { choice in
      written.firstTokens.filter { sameBytes($0.text.pythonStripped, choice.pythonStripped) }.map(
        \.logProbability
      ).max()
    }
    guard found.contains(where: { $0 != nil }) else {
      throw CallFailure(
        error: BackendError(
          .unanswerable,
          "none of the choices \(choices.map(\.debugDescription).joined(separator: ", ")) is among the likeliest first tokens",
          help:
            "`score_mode=first_token` is for choices of one token, such as letters; use `score_mode=generate`"
        ))
    }
    let best = written.firstTokens.map(\.logProbability).max() ?? 0
    // What is not among the likeliest is at most as likely as the last of them.
    return found.map { Outcome(answer: .loglikelihood($0 ?? least, isGreedy: $0 == best)) }
  }

  private func byAnswer(_ written: WrittenText, _ choices: [String], _ context: String) -> [Outcome] {
    let (text, note) = written.answer(until: [], thinkEnd: core.settings.thinkEnd)
    let chosen = ChosenAnswer.index(in: text, of: choices)
    // An answer that names no choice is a guess; the first choice must not gain by it.
    let index = chosen ?? Int(context.affinity % UInt64(choices.count))
    let own: AnswerNote? = note == .refused ? .refused : chosen == nil ? .empty : nil
    return choices.indices.map {
      Outcome(answer: .loglikelihood($0 == index ? 0 : -100, isGreedy: $0 == index), note: own)
    }
  }
}

extension ServerCore {
  /// Asks for a score and lays it beside what was asked.
  func score<Dialect: ServerBackend>(
    _ input: ScoredInput, _ dialect: Dialect.Type, affinity: UInt64
  ) async throws(CallFailure) -> ContinuationScore {
    guard let message = Dialect.scoring(ScoringDraft(input: input, settings: settings)) else {
      throw CallFailure(
        error: BackendError(.unusable, "`\(Dialect.name)` does not score prompts"), isFatal: true)
    }
    let reply = try await client.ask(message, affinity: affinity)
    do throws(ReplyTrouble) { return try Dialect.scores(reply).score(input) } catch {
      throw CallFailure(error, self)
    }
  }
}

extension CallFailure {
  init(_ trouble: ReplyTrouble, _ core: ServerCore) {
    self.init(error: core.secrets.redacted(BackendError(.broken, trouble.message, help: trouble.help)))
  }
}

extension ServerCore {
  var secrets: Secrets { client.secrets }
}

extension String {
  /// Equal for equal texts, in every process.
  var affinity: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash ^ hash >> 29
  }
}

extension GenerationOptions {
  private static let known = [
    "do_sample", "max_completion_tokens", "max_gen_toks", "max_new_tokens", "max_tokens", "temperature",
    "until",
  ]

  /// What has no reading of its own and is handed on as it stands.
  var others: OrderedMap {
    OrderedMap(values.filter { key, _ in !Self.known.contains { key == .string($0) } })
  }
}

extension OrderedMap {
  func merged(with other: OrderedMap) -> OrderedMap {
    var map = self
    map.update(with: other)
    return map
  }
}
