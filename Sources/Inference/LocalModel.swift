public import Exchange
import Tokenizers
public import Values

/// A model of a folder, computed on this machine: the only user of its memory, on a thread of its own.
public actor LocalModel {
  private let thread: InferenceThread
  private let decoder: Decoder
  private let rules: TokenRules
  private let settings: LocalModelSettings
  private let endTokens: Set<Int32>
  /// The model's own defaults for writing.
  private let generationDefaults: OrderedMap
  /// What a results file says of the model.
  public nonisolated let facts: OrderedMap

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
    try score(requests, delivery)
    try generate(requests, delivery)
  }
}

// MARK: - Likelihoods

extension LocalModel {
  /// Which request a sequence belongs to, and how many sequences that has.
  private struct Part {
    let request: Int
    let place: Int
  }

  private func score(_ requests: [Request], _ delivery: Delivery) throws(ModelError) {
    var sequences: [ScoredSequence] = []
    var parts: [Part] = []
    var pending: [Int: [Score?]] = [:]
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
      for sequence in own { try check(sequence.input + sequence.targets) }
      pending[index] = Array(repeating: nil, count: own.count)
      parts += own.indices.map { Part(request: index, place: $0) }
      sequences += own
    }
    let scorer = Scorer(decoder: decoder, rowBudget: settings.batchTokens)
    try scorer.score(sequences) { number, score in
      let part = parts[number]
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
  private func generate(_ requests: [Request], _ delivery: Delivery) throws(ModelError) {
    var jobs: [GenerationJob] = []
    var owners: [[Int]] = []
    var known: [Request: Int] = [:]
    for (index, request) in requests.enumerated() {
      guard case .generate(let context, let options) = request.ask else { continue }
      if let job = known[request] {
        owners[job].append(index)
        continue
      }
      known[request] = jobs.count
      owners.append([index])
      jobs.append(try job(context.text, options, request, delivery))
    }
    // Three quarters of what is free, if nothing else is said.
    let memory = settings.maxMemory ?? (availableMemory() ?? 1 << 30) / 4 * 3
    let budget = max(settings.batchTokens, memory / KeyValueCache.bytes(decoder.shape))
    let generator = Generator(
      decoder: decoder, tokenizer: rules.tokenizer, rowBudget: settings.batchTokens,
      placeBudget: budget)
    try generator.run(jobs) { job, text, isEnded in
      for index in owners[job] {
        if !isEnded { delivery.noted(index, .truncated) }
        delivery.answer(index, .text(text))
      }
    }
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
