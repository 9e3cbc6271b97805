import Exchange
import Values

/// Ollama by its native interface.
struct Ollama: ServerBackend {
  static let name = "ollama"

  static let about = """
    Ollama: `/api/generate` with `raw`, so that no template comes between, and `/api/chat` for conversations
    (`--apply_chat_template`). It does not score prompts: tasks of choices need `score_mode=first_token`, which Ollama
    understands from 0.12.11 on, or `score_mode=generate`.

    ```
    assay run --model ollama --model_args model=llama3.2 --tasks my_task
    ```
    """

  static let traits = ServerTraits(
    address: "http://localhost:11434", keyVariable: "OLLAMA_API_KEY", takesBoth: true)
  let core: ServerCore

  static func writing(_ draft: WritingDraft) -> ServerClient.Message {
    let draft = draft.withoutRepeatPenalty
    var options: OrderedMap = [
      "num_predict": .int(draft.maxTokens),
      "temperature": draft.temperature == 0 ? 0 : .double(draft.temperature),
      "stop": .list(draft.stops.map { .string($0) }), "seed": .int(draft.seed),
    ]
    if let length = draft.settings.maxLength { options["num_ctx"] = .int(length) }
    options.update(with: draft.others)
    var body: OrderedMap = ["model": draft.model, "stream": false, "options": .map(options)]
    if draft.firstTokens > 0 {
      body["logprobs"] = true
      body["top_logprobs"] = .int(draft.firstTokens)
    }
    if let messages = MessageList.conversation(in: draft.text) {
      body["messages"] = messages.values
      return ServerClient.Message(path: "/api/chat", body: body)
    }
    body["prompt"] = .string(draft.text)
    body["raw"] = true
    return ServerClient.Message(path: "/api/generate", body: body)
  }

  static func written(_ reply: Value) throws(ReplyTrouble) -> WrittenText {
    guard let map = reply.asMap,
      let text = map["response"]?.asString ?? map["message"]?.asMap?["content"]?.asString
    else { throw ReplyTrouble("the server's answer has neither `response` nor `message`") }
    if map["done"] == false { throw ReplyTrouble("the server's answer is not whole: `done` is false") }
    var written = WrittenText(text: text, end: map["done_reason"]?.asString == "length" ? .limit : .natural)
    if let top = map["logprobs"]?.asList?.first?.asMap?["top_logprobs"]?.asList {
      written.firstTokens = OpenAIForm.firstTokens(top)
    }
    return written
  }
}
