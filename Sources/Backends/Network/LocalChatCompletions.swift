import Exchange
import Values

/// Any server that speaks OpenAI's chats.
struct LocalChatCompletions: ServerBackend {
  static let name = "local-chat-completions"

  static let about = """
    Any server with OpenAI's `/v1/chat/completions`. With `--apply_chat_template` prompts are conversations, as the
    harness sends them; without, each prompt is one message of the user. The server is sent four stop texts at most
    (`max_stops` changes that); all of them end the answers here.

    ```
    assay run --model local-chat-completions --model_args model=my-model,base_url=http://localhost:8000/v1 --apply_chat_template --tasks my_task
    ```
    """

  static let traits = ServerTraits(
    endpoint: "/v1/chat/completions", keyVariable: "OPENAI_API_KEY", stopLimit: 4, isChat: true)
  let core: ServerCore

  static func writing(_ draft: WritingDraft) -> ServerClient.Message {
    ServerClient.Message(body: OpenAIForm.chat(draft, limitKey: "max_tokens"))
  }

  static func written(_ reply: Value) throws(ReplyTrouble) -> WrittenText { try OpenAIForm.said(reply) }
}
