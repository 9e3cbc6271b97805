import Values

/// The forms that most servers share, after OpenAI's completions and chats.
enum OpenAIForm {
  // MARK: - Completions

  static func writing(_ draft: WritingDraft) -> OrderedMap {
    var body: OrderedMap = [
      "prompt": draft.prompt, "model": draft.model, "max_tokens": .int(draft.maxTokens),
      "temperature": .double(draft.temperature), "stop": .list(draft.stops.map { .string($0) }),
      "seed": .int(draft.seed),
    ]
    if draft.temperature == 0 { body["temperature"] = 0 }
    if draft.stops.isEmpty { body["stop"] = nil }
    if draft.firstTokens > 0 { body["logprobs"] = .int(min(draft.firstTokens, 5)) }
    body.update(with: draft.others)
    return body
  }

  static func scoring(_ draft: ScoringDraft) -> OrderedMap {
    let body: OrderedMap = [
      "model": draft.model, "prompt": draft.prompt, "temperature": 0, "max_tokens": 1, "logprobs": 1,
      "seed": .int(draft.settings.seed), "echo": true,
    ]
    return body.merged(with: draft.settings.options)
  }

  static func written(_ reply: Value) throws(ReplyTrouble) -> WrittenText {
    let choice = try choice(reply)
    guard let text = choice["text"]?.asString else { throw ReplyTrouble("the server's answer has no `text`") }
    var written = WrittenText(text: text, end: end(choice))
    // One mapping for each token: the first is that of the first token.
    if let top = choice["logprobs"]?.asMap?["top_logprobs"]?.asList?.first?.asMap {
      written.firstTokens = top.compactMap { key, value in
        value.asDouble.map { WrittenText.FirstToken(text: key.text, logProbability: $0) }
      }
    }
    return written
  }

  static func scores(_ reply: Value) throws(ReplyTrouble) -> PromptScores {
    let choice = try choice(reply)
    guard let scores = choice["logprobs"]?.asMap, let numbers = scores["token_logprobs"]?.asList else {
      throw ReplyTrouble(
        "the server did not score the prompt: its answer has no `logprobs`", help: PromptScores.otherWays)
    }
    let tokens = scores["tokens"]?.asList
    let tops = scores["top_logprobs"]?.asList
    let offsets = scores["text_offset"]?.asList
    for (name, list) in [("tokens", tokens), ("top_logprobs", tops)] {
      if let list, list.count != numbers.count {
        throw ReplyTrouble(
          "the server's `\(name)` has \(list.count) entries, its `token_logprobs` \(numbers.count)")
      }
    }
    let start = offsets?.first?.asInt ?? 0
    let entries = numbers.indices.map { index -> PromptScores.Entry in
      let number = numbers[index].asDouble
      let best = tops?[index].asMap?.values.compactMap(\.asDouble).max()
      return PromptScores.Entry(
        text: tokens?[index].asString, logProbability: number,
        isBest: number.flatMap { number in best.map { number >= $0 } },
        offset: offsets.flatMap { $0.count == numbers.count ? $0[index].asInt.map { $0 - start } : nil })
    }
    return PromptScores(entries: entries, promptCount: reply.asMap?["usage"]?.asMap?["prompt_tokens"]?.asInt)
  }

  // MARK: - Chats

  /// - Parameter limitKey: what the server calls the most tokens to write.
  static func chat(_ draft: WritingDraft, limitKey: String) -> OrderedMap {
    var body: OrderedMap = [
      "messages": MessageList.messages(in: draft.text).values, "model": draft.model,
      .string(limitKey): .int(draft.maxTokens),
      "temperature": draft.temperature == 0 ? 0 : .double(draft.temperature),
      "stop": .list(draft.stops.map { .string($0) }), "seed": .int(draft.seed),
    ]
    if draft.stops.isEmpty { body["stop"] = nil }
    if draft.firstTokens > 0 {
      body["logprobs"] = true
      body["top_logprobs"] = .int(draft.firstTokens)
    }
    body.update(with: draft.others)
    return body
  }

  static func said(_ reply: Value) throws(ReplyTrouble) -> WrittenText {
    let choice = try choice(reply)
    guard let message = choice["message"]?.asMap else {
      throw ReplyTrouble("the server's answer has no `message`")
    }
    let refusal = message["refusal"]?.asString
    var written = WrittenText(text: try text(of: message["content"]) ?? refusal ?? "", end: end(choice))
    if refusal != nil { written.end = .refusal }
    if let top = choice["logprobs"]?.asMap?["content"]?.asList?.first?.asMap?["top_logprobs"]?.asList {
      written.firstTokens = firstTokens(top)
    }
    return written
  }

  /// Tokens written as objects with `token` and `logprob`.
  static func firstTokens(_ list: [Value]) -> [WrittenText.FirstToken] {
    list.compactMap { entry in
      guard let map = entry.asMap, let text = map["token"]?.asString, let number = map["logprob"]?.asDouble
      else {
        return nil
      }
      return WrittenText.FirstToken(text: text, logProbability: number)
    }
  }

  /// A text, nothing, or a list of parts.
  private static func text(of content: Value?) throws(ReplyTrouble) -> String? {
    switch content {
    case nil, .null?: return nil
    case .string(let text)?: return text
    case .list(let parts)?: return parts.compactMap { $0.asMap?["text"]?.asString }.joined()
    default: throw ReplyTrouble("the server's `content` is neither a text nor a list of parts")
    }
  }

  // MARK: - Both

  /// The first of the choices, by their own numbers.
  private static func choice(_ reply: Value) throws(ReplyTrouble) -> OrderedMap {
    let choices = reply.asMap?["choices"]?.asList?.compactMap(\.asMap) ?? []
    guard let first = choices.min(by: { $0["index"]?.asInt ?? 0 < $1["index"]?.asInt ?? 0 }) else {
      throw ReplyTrouble(
        "the server's answer has no `choices`", help: "check that `base_url` fits the backend")
    }
    return first
  }

  private static func end(_ choice: OrderedMap) -> WrittenText.End {
    switch choice["finish_reason"]?.asString {
    case "length"?: .limit
    case "content_filter"?: .refusal
    default: .natural
    }
  }

  /// What `/tokenize` of vLLM and those that follow it take.
  static func splitting(_ text: String, _ settings: ServerSettings) -> OrderedMap {
    [
      "model": .string(settings.modelName), "prompt": .string(text),
      "add_special_tokens": .bool(settings.addBosToken),
    ]
  }
}
