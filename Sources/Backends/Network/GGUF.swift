import Exchange
import Values

/// The server of llama-cpp-python.
struct GGUF: ServerBackend {
  static let name = "gguf"
  static let aliases = ["ggml"]

  static let about = """
    The server of llama-cpp-python, asked by text: its offsets tell question and answer apart, or the tokens of
    `tokenizer`. It scores prompts when it was started with `--logits_all true`.

    ```
    assay run --model gguf --model_args base_url=http://localhost:8000,tokenizer=models/my-model --tasks my_task
    ```
    """

  static let traits = ServerTraits(
    endpoint: "/v1/completions", keyVariable: "OPENAI_API_KEY", scoresPrompts: true, takesBoth: true)
  let core: ServerCore

  static func writing(_ draft: WritingDraft) -> ServerClient.Message {
    let draft = draft.withoutRepeatPenalty
    if MessageList.conversation(in: draft.text) != nil {
      return ServerClient.Message(
        path: "/v1/chat/completions", body: OpenAIForm.chat(draft, limitKey: "max_tokens"))
    }
    var body = OpenAIForm.writing(draft)
    body["prompt"] = .string(draft.text)
    if draft.settings.modelName.isEmpty { body["model"] = nil }
    return ServerClient.Message(body: body)
  }

  static func written(_ reply: Value) throws(ReplyTrouble) -> WrittenText {
    let isChat = reply.asMap?["choices"]?.asList?.first?.asMap?["message"] != nil
    return isChat ? try OpenAIForm.said(reply) : try OpenAIForm.written(reply)
  }

  static func scoring(_ draft: ScoringDraft) -> ServerClient.Message? {
    var body = OpenAIForm.scoring(draft)
    body["prompt"] = .string(draft.input.text)
    if draft.settings.modelName.isEmpty { body["model"] = nil }
    return ServerClient.Message(body: body)
  }

  static func scores(_ reply: Value) throws(ReplyTrouble) -> PromptScores { try OpenAIForm.scores(reply) }
}
