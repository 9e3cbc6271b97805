import Exchange
import Values

/// OpenAI's own completions.
struct OpenAICompletions: ServerBackend {
  static let name = "openai-completions"

  static let about = """
    OpenAI's `/v1/completions`, with the key from `OPENAI_API_KEY`. Only `babbage-002` and `davinci-002` score prompts
    there; the small request before a run finds out.

    ```
    assay run --model openai-completions --model_args model=davinci-002 --tasks my_task
    ```
    """

  static let traits = ServerTraits(
    address: "https://api.openai.com/v1/completions", endpoint: "/v1/completions",
    keyVariable: "OPENAI_API_KEY",
    needsKey: true, stopLimit: 4, scoresPrompts: true)
  let core: ServerCore

  static func writing(_ draft: WritingDraft) -> ServerClient.Message {
    ServerClient.Message(body: OpenAIForm.writing(draft))
  }

  static func written(_ reply: Value) throws(ReplyTrouble) -> WrittenText { try OpenAIForm.written(reply) }

  static func scoring(_ draft: ScoringDraft) -> ServerClient.Message? {
    ServerClient.Message(body: OpenAIForm.scoring(draft))
  }

  static func scores(_ reply: Value) throws(ReplyTrouble) -> PromptScores { try OpenAIForm.scores(reply) }
}
