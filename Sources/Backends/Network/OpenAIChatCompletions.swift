import Exchange
import Values

/// OpenAI's own chats.
struct OpenAIChatCompletions: ServerBackend {
  static let name = "openai-chat-completions"

  static let about = """
    OpenAI's `/v1/chat/completions`, with the key from `OPENAI_API_KEY`. Models that think before they answer (o1, o3,
    o4, gpt-5) take neither stop texts nor a temperature: neither is sent, and stop texts end the answers here.

    ```
    assay run --model openai-chat-completions --model_args model=gpt-4o-mini --apply_chat_template --tasks my_task
    ```
    """

  static let traits = ServerTraits(
    address: "https://api.openai.com/v1/chat/completions", endpoint: "/v1/chat/completions",
    keyVariable: "OPENAI_API_KEY", needsKey: true, stopLimit: 4, isChat: true)
  let core: ServerCore

  static func writing(_ draft: WritingDraft) -> ServerClient.Message {
    var body = OpenAIForm.chat(draft, limitKey: "max_completion_tokens")
    if thinks(draft.settings.modelName) {
      body["stop"] = nil
      body["temperature"] = 1
    }
    return ServerClient.Message(body: body)
  }

  static func written(_ reply: Value) throws(ReplyTrouble) -> WrittenText { try OpenAIForm.said(reply) }

  /// Whether a model's name, after its owner's, begins like one of those that think.
  private static func thinks(_ model: String) -> Bool {
    let name = model.lowercased().split(separator: "/").last ?? ""
    return ["o1", "o3", "o4", "gpt-5"].contains {
      name == $0 || name.hasPrefix($0 + "-") || name.hasPrefix($0 + ".")
    }
  }
}
