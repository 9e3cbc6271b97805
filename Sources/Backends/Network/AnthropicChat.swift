import Exchange
import Transport
import Values

/// Anthropic's messages.
struct AnthropicChat: ServerBackend {
  static let name = "anthropic-chat"
  static let aliases = ["anthropic-chat-completions"]

  static let about = """
    Anthropic's `/v1/messages`, with the key from `ANTHROPIC_API_KEY`. A first system message goes where Anthropic wants
    it; stop texts of blanks alone, which it refuses, are heeded here.

    ```
    assay run --model anthropic-chat --model_args model=claude-sonnet-4-0 --apply_chat_template --tasks my_task
    ```
    """

  static let traits = ServerTraits(
    address: "https://api.anthropic.com/v1/messages", endpoint: "/v1/messages",
    keyVariable: "ANTHROPIC_API_KEY",
    needsKey: true, isChat: true,
    headers: { key in
      (key.map { [Header("x-api-key", $0)] } ?? []) + [Header("anthropic-version", "2023-06-01")]
    })
  let core: ServerCore

  static func writing(_ draft: WritingDraft) -> ServerClient.Message {
    var messages = MessageList.messages(in: draft.text)
    let system = messages.first?.role == .system ? messages.removeFirst().content : nil
    let stops = draft.stops.filter { !$0.pythonStripped.isEmpty }
    var body: OrderedMap = [
      "messages": .list(
        messages.map { message in
          [
            "role": .string(message.role.rawValue),
            "content": .list([["type": "text", "text": .string(message.content)]]),
          ]
        }),
      "model": draft.model, "max_tokens": .int(draft.maxTokens),
      "temperature": draft.temperature == 0 ? 0 : .double(draft.temperature),
    ]
    if !stops.isEmpty { body["stop_sequences"] = .list(stops.map { .string($0) }) }
    if let system, !system.isEmpty { body["system"] = .string(system) }
    body.update(with: draft.others)
    return ServerClient.Message(body: body)
  }

  static func written(_ reply: Value) throws(ReplyTrouble) -> WrittenText {
    guard let map = reply.asMap, let parts = map["content"]?.asList else {
      throw ReplyTrouble("the server's answer has no `content`")
    }
    let text = parts.compactMap { part in
      part.asMap.flatMap { $0["type"]?.asString == "text" || $0["type"] == nil ? $0["text"]?.asString : nil }
    }.joined()
    let end: WrittenText.End =
      switch map["stop_reason"]?.asString {
      case "max_tokens"?: .limit
      case "refusal"?: .refusal
      default: .natural
      }
    return WrittenText(text: text, end: end)
  }
}
