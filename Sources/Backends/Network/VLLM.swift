import Exchange
import Values

/// A vLLM server, with its own way to score prompts.
struct VLLM: ServerBackend {
  static let name = "vllm"

  static let about = """
    A vLLM server (`vllm serve`), asked for `prompt_logprobs`: they name each token by its number, so that nothing can be
    laid beside the wrong one. Prompts are split by `tokenizer`, or else by the server's `/tokenize`. For a model over
    many graphics cards or machines, start one server with vLLM's own means and name it here.

    ```
    assay run --model vllm --model_args model=my-org/my-model,base_url=http://localhost:8000 --tasks my_task
    ```
    """

  static let traits = ServerTraits(
    keyVariable: "OPENAI_API_KEY", scoresPrompts: true, lengthSource: .models, takesBoth: true)
  let core: ServerCore

  static func writing(_ draft: WritingDraft) -> ServerClient.Message {
    ServerClient.Message(
      path: path(draft.text),
      body: isChat(draft.text)
        ? OpenAIForm.chat(draft, limitKey: "max_tokens") : OpenAIForm.writing(draft))
  }

  private static func isChat(_ text: String) -> Bool { MessageList.conversation(in: text) != nil }
  private static func path(_ text: String) -> String {
    isChat(text) ? "/v1/chat/completions" : "/v1/completions"
  }

  static func written(_ reply: Value) throws(ReplyTrouble) -> WrittenText {
    let isChat = reply.asMap?["choices"]?.asList?.first?.asMap?["message"] != nil
    return isChat ? try OpenAIForm.said(reply) : try OpenAIForm.written(reply)
  }

  static func scoring(_ draft: ScoringDraft) -> ServerClient.Message? {
    let body: OrderedMap = [
      "model": draft.model, "prompt": draft.prompt, "temperature": 0, "max_tokens": 1, "prompt_logprobs": 1,
      "seed": .int(draft.settings.seed),
    ]
    return ServerClient.Message(path: "/v1/completions", body: body.merged(with: draft.settings.options))
  }

  static func scores(_ reply: Value) throws(ReplyTrouble) -> PromptScores {
    guard let choice = reply.asMap?["choices"]?.asList?.first?.asMap,
      let list = choice["prompt_logprobs"]?.asList
    else {
      throw ReplyTrouble(
        "the server gave no `prompt_logprobs`", help: "is it vLLM? For others use `local-completions`")
    }
    // Each entry holds the prompt's own token and the likeliest; which of them is the prompt's, its place tells.
    let ids = choice["prompt_token_ids"]?.asList?.map(\.asInt)
    let entries = try list.indices.map { index throws(ReplyTrouble) -> PromptScores.Entry in
      guard let map = list[index].asMap else {
        return PromptScores.Entry(id: ids.flatMap { $0.count > index ? $0[index] : nil })
      }
      // The prompt's token comes first, whatever its rank.
      let own = ids.flatMap { $0.count > index ? $0[index] : nil }
      let place = own.flatMap { id in map.keys.firstIndex { $0.text == String(id) } } ?? 0
      guard map.count > place, let id = Int(map.keys[place].text), let token = map.values[place].asMap else {
        throw ReplyTrouble("an entry of the server's `prompt_logprobs` is not understood")
      }
      let number = token["logprob"]?.asDouble
      let best = map.values.compactMap { $0.asMap?["logprob"]?.asDouble }.max()
      return PromptScores.Entry(
        id: id, text: token["decoded_token"]?.asString, logProbability: number,
        isBest: token["rank"]?.asInt.map { $0 == 1 } ?? number.flatMap { number in best.map { number >= $0 } }
      )
    }
    return PromptScores(entries: entries, promptCount: list.count)
  }

  static func splitting(_ text: String, _ settings: ServerSettings) -> ServerClient.Message? {
    ServerClient.Message(path: "/tokenize", body: OpenAIForm.splitting(text, settings))
  }
}
