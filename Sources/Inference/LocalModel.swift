public import Exchange
import Tokenizers
public import Values

/// A model of a folder, computed on this machine: the only user of its memory, on a thread of its own.
public actor LocalModel {
  private let thread: InferenceThread
  let decoder: Decoder
  private let rules: TokenRules
  private let settings: LocalModelSettings
  private let endTokens: Set<Int32>
  /// The model's own defaults for writing.
  private let generationDefaults: OrderedMap
  /// What a results file says of the model.
  public nonisolated let facts: OrderedMap

  /// How many tokens it reads at most.
  var maxLength: Int { rules.maxLength }

  public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  /// Opens a folder as the hub lays it out: `config.json`, `model.safetensors` or its parts, `tokenizer.json`, and where
  /// they are `tokenizer_config.json` and `generation_config.json`.
  public init(folder: String, _ settings: LocalModelSettings = LocalModelSettings()) throws(ModelError) {
    let opened = try OpenedFolder(folder, settings)
    decoder = opened.decoder
    rules = opened.rules
    endTokens = opened.endTokens
    generationDefaults = opened.generationDefaults
    facts = opened.facts
    self.settings = settings
    thread = InferenceThread()
    thread.start()
  }

  /// Answers every request, each as soon as it is known.
  public func answer(_ requests: [Request], to delivery: Delivery) throws(ModelError) {
    // All are tokenized first: what cannot be answered is said before anything is computed.
    let scoring = try scoring(requests, delivery)
    let writing = try writing(requests, delivery)
    // Three quarters of what is free, if nothing else is said.
    let memory = MemoryPlan(
      budget: settings.maxMemory ?? (availableMemory() ?? 1 << 30) / 4 * 3, batchTokens: settings.batchTokens)
    let longest = max(
      scoring.sequences.map(\.input.count).max() ?? 0,
      writing.jobs.map { $0.prompt.count + $0.stop.maxTokens }.max() ?? 0)
    let least = memory.least(longest, decoder.shape)
    if least > memory.budget {
      delivery.remark(
        Remark(
          "memory-exceeded",
          "a text of \(longest) tokens takes \((least >> 20) + 1) MiB, which is more than `max_memory`"
            + " \(settings.maxMemory == nil ? "is by default" : "allows"); it was computed all the same"))
    }
    var meter = TokenMeter(delivery.advanced)
    var forecast = Forecast(writing.jobs)
    meter.later = forecast.waiting
    try score(scoring, requests, memory, &meter, delivery)
    meter.later = 0
    let generator = Generator(decoder: decoder, tokenizer: rules.tokenizer, memory: memory)
    try generator.run(writing.jobs, &forecast, &meter) { job, text, isEnded in
      for index in writing.owners[job] {
        if !isEnded { delivery.noted(index, .truncated) }
        delivery.answer(index, .text(text))
      }
    }
  }
}

// MARK: - Likelihoods

extension LocalModel {
  /// Which request a sequence belongs to, and how many sequences that has.
  private struct Part {
    let request: Int
    let place: Int
  }

  /// The sequences of some requests.
  private struct Scoring {
    var sequences: [ScoredSequence] = []
    /// For each of them.
    var parts: [Part] = []
    /// The scores of a request's sequences, as far as they are known.
    var pending: [Int: [Score?]] = [:]
  }

  private func scoring(_ requests: [Request], _ delivery: Delivery) throws(ModelError) -> Scoring {
    var scoring = Scoring()
    for (index, request) in requests.enumerated() {
      if Task.isCancelled { throw ModelError(.cancelled, "the run was cancelled") }
      let own: [ScoredSequence]
      switch request.ask {
      case .loglikelihood(let context, let continuation):
        own = [try sequence(context.text, continuation, delivery)]
      case .loglikelihoodRolling(let text):
        own = try rules.windows(text)
        if own.isEmpty { delivery.answer(index, .rolling(0)) }
      case .generate: continue
      }
      for sequence in own {
        try check(sequence.input)
        try check(sequence.targets)
        scoring.sequences.append(sequence.sharing(scoring.sequences.last))
      }
      scoring.pending[index] = Array(repeating: nil, count: own.count)
      scoring.parts += own.indices.map { Part(request: index, place: $0) }
    }
    return scoring
  }

  private func score(
    _ scoring: Scoring, _ requests: [Request], _ memory: MemoryPlan, _ meter: inout TokenMeter,
    _ delivery: Delivery
  ) throws(ModelError) {
    let scorer = Scorer(decoder: decoder, memory: memory)
    let order = scorer.order(scoring.sequences)
    meter.expect(scorer.tokens(scoring.sequences, order))
    var pending = scoring.pending
    try scorer.score(scoring.sequences, order, &meter) { number, score in
      let part = scoring.parts[number]
      pending[part.request]?[part.place] = score
      guard let scores = pending[part.request]?.compactMap(\.self),
        scores.count == pending[part.request]?.count
      else { return }
      pending[part.request] = nil
      // Windows are summed in their order, so that the sum does not depend on which came first.
      let sum = scores.reduce(0) { $0 + $1.logProbability }
      switch requests[part.request].ask {
      case .loglikelihoodRolling: delivery.answer(part.request, .rolling(sum))
      default: delivery.answer(part.request, .loglikelihood(sum, isGreedy: scores.allSatisfy(\.isGreedy)))
      }
    }
  }

  private func sequence(_ context: String, _ continuation: String, _ delivery: Delivery) throws(ModelError)
    -> ScoredSequence
  {
    let pair = try rules.pair(context: context, continuation: continuation)
    guard !pair.context.isEmpty else {
      throw ModelError(
        .unanswerable,
        "the context \(excerpt(context)) is only white space, which leaves no token to go on from",
        help: "write a context, leave it empty, or set `add_bos_token`")
    }
    guard !pair.continuation.isEmpty else {
      throw ModelError(
        .unanswerable,
        "the continuation \(Value.string(continuation).repr) has no tokens of its own after the context"
          + " \(excerpt(context))",
        help: "give choices that are not empty")
    }
    guard pair.continuation.count <= rules.maxLength else {
      throw ModelError(
        .tooLong,
        "a continuation of \(pair.continuation.count) tokens does not fit the model, which reads \(rules.maxLength):"
          + " \(excerpt(continuation))",
        help: "raise `max_length`, or shorten the task's choices")
    }
    let excess = pair.context.count + pair.continuation.count - rules.maxLength - 1
    if excess > 0 {
      delivery.remark(
        Remark(
          "truncated-prompt",
          "a prompt of \(pair.context.count + pair.continuation.count) tokens lost its first \(excess): the model reads"
            + " \(rules.maxLength)"))
    }
    return ScoredSequence(context: pair.context, continuation: pair.continuation, maxLength: rules.maxLength)
  }

  /// The embedding has no row for a token that the vocabulary of the weights does not hold.
  private func check(_ tokens: [Int32]) throws(ModelError) {
    guard let foreign = tokens.first(where: { $0 >= decoder.shape.vocabulary }) else { return }
    throw ModelError(
      .unusable,
      "the tokenizer gives token \(foreign), but the model's vocabulary has \(decoder.shape.vocabulary)",
      help: "check that `tokenizer.json` belongs to these weights")
  }
}

// MARK: - Writing

extension LocalModel {
  /// Texts to write, and which requests each is for.
  private struct Writing {
    var jobs: [GenerationJob] = []
    var owners: [[Int]] = []
  }

  private func writing(_ requests: [Request], _ delivery: Delivery) throws(ModelError) -> Writing {
    var writing = Writing()
    var known: [Request: Int] = [:]
    for (index, request) in requests.enumerated() {
      guard case .generate(let context, let options) = request.ask else { continue }
      if Task.isCancelled { throw ModelError(.cancelled, "the run was cancelled") }
      if let job = known[request] {
        writing.owners[job].append(index)
        continue
      }
      known[request] = writing.jobs.count
      writing.owners.append([index])
      writing.jobs.append(try job(context.text, options, request, delivery))
    }
    return writing
  }

  private func job(
    _ context: String, _ options: GenerationOptions, _ request: Request, _ delivery: Delivery
  ) throws(ModelError) -> GenerationJob {
    try checkOptions(options, delivery)
    let maxTokens = options.hasLimit ? options.maxTokens : settings.maxTokens
    let room = rules.maxLength - maxTokens
    guard room > 0 else {
      throw ModelError(
        .tooLong,
        "\(maxTokens) tokens to write leave no room for a prompt: the model reads \(rules.maxLength) in all",
        help: "lower `max_gen_toks`, or raise `max_length`")
    }
    var prompt = try rules.prompt(context)
    try check(prompt)
    if prompt.count > room {
      delivery.remark(
        Remark(
          "truncated-prompt",
          "a prompt of \(prompt.count) tokens lost its first \(prompt.count - room): the model reads"
            + " \(rules.maxLength), of which \(maxTokens) are to be written"))
      prompt = Array(prompt.suffix(room))
    }
    let stop = try StopRules(
      until: options.until, endTokens: endTokens, maxTokens: maxTokens, thinking: settings.thinking, rules)
    let sampling = Sampling(options, defaults: generationDefaults)
    let seed = sampling.temperature > 0 ? Int(request.contentHash.prefix(15), radix: 16) ?? 0 : 0
    return GenerationJob(prompt: prompt, stop: stop, sampling: sampling, seed: seed)
  }

  private func checkOptions(_ options: GenerationOptions, _ delivery: Delivery) throws(ModelError) {
    for (key, value) in options.values {
      guard let key = key.asString, !GenerationKeys.understood.contains(key), !value.isNull else { continue }
      if let neutral = GenerationKeys.refusedUnless[key] {
        guard value != neutral else { continue }
        throw ModelError(
          .unanswerable, "the generation option `\(key): \(value.repr)` is not supported by this model",
          help: "leave it out, or use greedy or sampled decoding")
      }
      delivery.remark(
        Remark("ignored-option", "the generation option `\(key)` means nothing here and is ignored"))
    }
  }
}

/// The options of a generation request that this engine knows.
private enum GenerationKeys {
  static let limits = ["max_gen_toks", "max_new_tokens", "max_tokens", "max_completion_tokens"]
  static let understood =
    limits + ["until", "do_sample", "temperature", "top_k", "top_p", "repetition_penalty"]
  /// Other ways to search: to ignore them would change the answers.
  static let refusedUnless: [String: Value] = [
    "num_beams": 1, "num_beam_groups": 1, "penalty_alpha": 0, "no_repeat_ngram_size": 0, "min_p": 0,
    "typical_p": 1,
    "num_return_sequences": 1,
  ]
}

/// The end of a text, short enough for a message.
private func excerpt(_ text: String) -> String {
  let scalars = text.unicodeScalars
  let tail = String(scalars.suffix(40))
  return Value.string(scalars.count > 40 ? "…" + tail : tail).repr
}
