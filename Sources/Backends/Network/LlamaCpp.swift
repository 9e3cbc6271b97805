import Exchange
import Values

/// llama.cpp's own server.
struct LlamaCpp: ServerBackend {
  static let name = "llama-cpp"

  static let about = """
    llama.cpp's own server (`llama-server`) by its `/completion`. It writes texts and does not score prompts: tasks of
    choices need `score_mode=first_token` or `score_mode=generate`, or the same model behind llama-cpp-python (`gguf`).

    ```
    assay run --model llama-cpp --model_args base_url=http://localhost:8080 --tasks my_task
    ```
    """

  static let traits = ServerTraits(
    keyVariable: "LLAMA_API_KEY", lengthSource: .properties, takesBoth: true)
  let core: ServerCore

  static func writing(_ draft: WritingDraft) -> ServerClient.Message {
    let draft = draft.withoutRepeatPenalty
    if MessageList.conversation(in: draft.text) != nil {
      return ServerClient.Message(
        path: "/v1/chat/completions", body: OpenAIForm.chat(draft, limitKey: "max_tokens"))
    }
    var body: OrderedMap = [
      "prompt": draft.prompt, "n_predict": .int(draft.maxTokens),
      "temperature": draft.temperature == 0 ? 0 : .double(draft.temperature),
      "stop": .list(draft.stops.map { .string($0) }), "seed": .int(draft.seed), "cache_prompt": true,
    ]
    if draft.firstTokens > 0 { body["n_probs"] = .int(draft.firstTokens) }
    body.update(with: draft.others)
    return ServerClient.Message(path: "/completion", body: body)
  }

  static func written(_ reply: Value) throws(ReplyTrouble) -> WrittenText {
    if reply.asMap?["choices"] != nil { return try OpenAIForm.said(reply) }
    guard let map = reply.asMap, let text = map["content"]?.asString else {
      throw ReplyTrouble("the server's answer has no `content`")
    }
    let isCut = map["stop_type"]?.asString == "limit" || map["stopped_limit"] == true
    var written = WrittenText(text: text, end: isCut ? .limit : .natural)
    if let top = map["completion_probabilities"]?.asList?.first?.asMap?["top_logprobs"]?.asList {
      written.firstTokens = OpenAIForm.firstTokens(top)
    }
    return written
  }

  static func splitting(_ text: String, _ settings: ServerSettings) -> ServerClient.Message? {
    ServerClient.Message(
      path: "/tokenize", body: ["content": .string(text), "add_special": .bool(settings.addBosToken)])
  }
}
