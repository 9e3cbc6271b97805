import Exchange
import Values

/// Any server that speaks OpenAI's completions and scores prompts by `echo`.
struct LocalCompletions: ServerBackend {
  static let name = "local-completions"

  static let about = """
    Any server with OpenAI's `/v1/completions`. Log-likelihoods need one that honours `echo` with `logprobs`, as vLLM
    and llama-cpp-python do; before a run it is asked a small one, and the run does not begin where that goes wrong.
    The key, if there is one, is read from `OPENAI_API_KEY`.

    ```
    assay run --model local-completions --model_args model=my-model,base_url=http://localhost:8000/v1/completions,tokenizer=models/my-model --tasks my_task
    ```
    """

  static let traits = ServerTraits(
    endpoint: "/v1/completions", keyVariable: "OPENAI_API_KEY", scoresPrompts: true,
    lengthSource: .models)
  let core: ServerCore

  static func writing(_ draft: WritingDraft) -> ServerClient.Message {
    ServerClient.Message(body: OpenAIForm.writing(draft))
  }

  static func written(_ reply: Value) throws(ReplyTrouble) -> WrittenText { try OpenAIForm.written(reply) }

  static func scoring(_ draft: ScoringDraft) -> ServerClient.Message? {
    ServerClient.Message(body: OpenAIForm.scoring(draft))
  }

  static func scores(_ reply: Value) throws(ReplyTrouble) -> PromptScores { try OpenAIForm.scores(reply) }

  static func splitting(_ text: String, _ settings: ServerSettings) -> ServerClient.Message? {
    settings.tokenizerBackend == "remote"
      ? ServerClient.Message(path: "/tokenize", body: OpenAIForm.splitting(text, settings)) : nil
  }
}
