import Exchange
import Values

/// An SGLang server by its native interface.
struct SGLang: ServerBackend {
  static let name = "sglang"

  static let about = """
    An SGLang server by its own `/generate`: only the continuation's tokens are scored (`logprob_start_len`), and each is
    named by its number. Prompts are split by `tokenizer`, or else by the server's `/tokenize`.

    ```
    assay run --model sglang --model_args base_url=http://localhost:30000,tokenizer=models/my-model --tasks my_task
    ```
    """

  static let traits = ServerTraits(
    keyVariable: "OPENAI_API_KEY", scoresPrompts: true, lengthSource: .models, takesBoth: true)
  let core: ServerCore

  static func writing(_ draft: WritingDraft) -> ServerClient.Message {
    if MessageList.conversation(in: draft.text) != nil {
      return ServerClient.Message(
        path: "/v1/chat/completions", body: OpenAIForm.chat(draft, limitKey: "max_tokens"))
    }
    var sampling: OrderedMap = [
      "max_new_tokens": .int(draft.maxTokens),
      "temperature": draft.temperature == 0 ? 0 : .double(draft.temperature),
      "stop": .list(draft.stops.map { .string($0) }),
    ]
    // A server without seeds would refuse one, and greedy answers need none.
    if draft.temperature > 0 { sampling["sampling_seed"] = .int(draft.seed) }
    sampling.update(with: draft.others)
    var body: OrderedMap = ["sampling_params": .map(sampling)]
    if let ids = draft.ids {
      body["input_ids"] = .list(ids.map { .int($0) })
    } else {
      body["text"] = .string(draft.text)
    }
    if draft.firstTokens > 0 {
      body["return_logprob"] = true
      body["top_logprobs_num"] = .int(draft.firstTokens)
      body["return_text_in_logprobs"] = true
    }
    return ServerClient.Message(path: "/generate", body: body)
  }

  static func written(_ reply: Value) throws(ReplyTrouble) -> WrittenText {
    let map = (reply.asList?.first ?? reply).asMap
    if map?["choices"] != nil { return try OpenAIForm.said(reply) }
    guard let map, let text = map["text"]?.asString else {
      throw ReplyTrouble("the server's answer has no `text`")
    }
    let meta = map["meta_info"]?.asMap
    let isCut = meta?["finish_reason"]?.asMap?["type"]?.asString == "length"
    var written = WrittenText(text: text, end: isCut ? .limit : .natural)
    if let top = meta?["output_top_logprobs"]?.asList?.first?.asList {
      written.firstTokens = top.compactMap { entry in
        guard let list = entry.asList, list.count >= 3, let number = list[0].asDouble,
          let text = list[2].asString
        else { return nil }
        return WrittenText.FirstToken(text: text, logProbability: number)
      }
    }
    return written
  }

  static func scoring(_ draft: ScoringDraft) -> ServerClient.Message? {
    var body: OrderedMap = [
      "sampling_params": ["max_new_tokens": 1, "temperature": 0], "return_logprob": true,
      "top_logprobs_num": 1,
      "logprob_start_len": .int(max(0, draft.input.first - 1)),
    ]
    if draft.input.ids.isEmpty {
      body["text"] = .string(draft.input.text)
    } else {
      body["input_ids"] = .list(draft.input.ids.map { .int($0) })
    }
    return ServerClient.Message(path: "/generate", body: body)
  }

  static func scores(_ reply: Value) throws(ReplyTrouble) -> PromptScores {
    guard let meta = (reply.asList?.first ?? reply).asMap?["meta_info"]?.asMap,
      let numbers = meta["input_token_logprobs"]?.asList
    else {
      throw ReplyTrouble(
        "the server gave no `input_token_logprobs`", help: "is it SGLang? For others use `local-completions`")
    }
    let tops = meta["input_top_logprobs"]?.asList ?? []
    guard tops.isEmpty || tops.count == numbers.count else {
      throw ReplyTrouble(
        "the server's `input_top_logprobs` has \(tops.count) entries, its `input_token_logprobs` \(numbers.count)"
      )
    }
    let entries = numbers.indices.map { index -> PromptScores.Entry in
      let own = numbers[index].asList ?? []
      let number = own.first?.asDouble
      let best = tops.isEmpty ? nil : tops[index].asList?.compactMap { $0.asList?.first?.asDouble }.max()
      return PromptScores.Entry(
        id: own.count > 1 ? own[1].asInt : nil, text: own.count > 2 ? own[2].asString : nil,
        logProbability: number,
        isBest: number.flatMap { number in best.map { number >= $0 } })
    }
    return PromptScores(entries: entries, isTail: true)
  }

  static func splitting(_ text: String, _ settings: ServerSettings) -> ServerClient.Message? {
    ServerClient.Message(path: "/tokenize", body: OpenAIForm.splitting(text, settings))
  }
}
