import Foundation
import TestKit
import Tokenizers
import Values

/// A model that every dialect can speak for: its numbers follow from two neighbouring tokens, its texts are fixed.
struct SpokenModel: Sendable {
  static let folder = repositoryRoot.appending(path: "Tests/InferenceTests/Fixtures/llama-f32").path
  let tokenizer: Tokenizer
  /// What it would write, without end.
  var text = " and so it was\nthe end of it all"

  init() throws { tokenizer = try Tokenizer(folder: Self.folder) }

  struct Score: Sendable {
    let number: Double
    let best: Double
  }

  func score(_ token: Int, after before: Int) -> Score {
    let mixed = UInt64(bitPattern: Int64(before &* 7919 &+ token &* 104_729)) &* 0x9E37_79B9_7F4A_7C15
    let number = -0.01 - Double((mixed >> 40) % 500) / 100
    return Score(number: number, best: (mixed >> 20) % 3 == 0 ? number : number + 0.005)
  }

  func ids(_ text: String) throws -> [Int] { try tokenizer.encode(text, addingSpecial: false).map(Int.init) }
  func spelling(_ id: Int) -> String { tokenizer.decode([Int32(id)]) }

  /// The prompt of a body: numbers, or a text that is split here.
  func prompt(_ body: OrderedMap, _ keys: [String] = ["prompt", "input_ids", "text"]) throws -> [Int] {
    for key in keys {
      if let list = body[key]?.asList { return list.compactMap(\.asInt) }
      if let text = body[key]?.asString { return try ids(text) }
    }
    return []
  }

  /// What a client should find.
  func expected(_ context: String, _ continuation: String) throws -> (Double, Bool) {
    let prefix = Int(tokenizer.bosID ?? 0)
    let trimmed = context.pythonRightStripped
    let whole = context.isEmpty ? [prefix] + (try ids(continuation)) : try ids(context + continuation)
    return sum(whole, from: context.isEmpty ? 1 : try ids(trimmed).count)
  }

  func sum(_ ids: [Int], from first: Int) -> (Double, Bool) {
    var total = 0.0
    var isGreedy = true
    for index in first..<ids.count {
      let score = score(ids[index], after: ids[index - 1])
      total += score.number
      if score.number != score.best { isGreedy = false }
    }
    return (total, isGreedy)
  }

  /// A text cut as a server with these limits would.
  func written(stops: [String], most: Int) -> (text: String, isCut: Bool) {
    var out = text
    var isStopped = false
    for stop in stops where !stop.isEmpty {
      if let range = out.range(of: stop, options: .literal) {
        out = String(out[..<range.lowerBound])
        isStopped = true
      }
    }
    let words = out.split(separator: " ", omittingEmptySubsequences: false)
    if words.count > most { return (words.prefix(most).joined(separator: " "), true) }
    return (out, !isStopped)
  }
}

/// A server's manner of speaking.
enum Manner: String, CaseIterable, Sendable {
  case openAICompletions = "openai-completions"
  case localCompletions = "local-completions"
  case openAIChat = "openai-chat-completions"
  case localChat = "local-chat-completions"
  case anthropic = "anthropic-chat"
  case vllm, sglang, gguf, ollama
  case llamaCpp = "llama-cpp"

  var isScoring: Bool {
    switch self {
    case .openAICompletions, .localCompletions, .vllm, .sglang, .gguf: true
    default: false
    }
  }

  /// The reply of a server that does all right.
  func reply(_ asked: Asked, _ model: SpokenModel) throws -> Value {
    let body = asked.body
    if asked.path == "/tokenize" {
      let ids = try model.prompt(body, ["prompt", "content"])
      return ["tokens": .list(ids.map { .int($0) }), "count": .int(ids.count)]
    }
    switch self {
    case .anthropic:
      let (text, isCut) = model.written(
        stops: texts(body["stop_sequences"]), most: body["max_tokens"]?.asInt ?? 0)
      return [
        "content": [["type": "text", "text": .string(text)]],
        "stop_reason": isCut ? "max_tokens" : "stop_sequence",
      ]
    case .ollama:
      let options = body["options"]?.asMap ?? [:]
      let (text, isCut) = model.written(
        stops: texts(options["stop"]), most: options["num_predict"]?.asInt ?? 0)
      return ["response": .string(text), "done": true, "done_reason": isCut ? "length" : "stop"]
    case .llamaCpp:
      let (text, isCut) = model.written(stops: texts(body["stop"]), most: body["n_predict"]?.asInt ?? 0)
      return ["content": .string(text), "stop_type": isCut ? "limit" : "word"]
    case .sglang: return try sglang(body, model)
    case .openAIChat, .localChat:
      let most = (body["max_tokens"] ?? body["max_completion_tokens"])?.asInt ?? 0
      let (text, isCut) = model.written(stops: texts(body["stop"]), most: most)
      return [
        "choices": [
          [
            "index": 0, "finish_reason": isCut ? "length" : "stop",
            "message": ["role": "assistant", "content": .string(text)],
          ]
        ]
      ]
    case .vllm where body["prompt_logprobs"] != nil: return try vllm(body, model)
    case .openAICompletions, .localCompletions, .gguf, .vllm:
      if body["echo"] == true { return try Self.echo(try model.prompt(body), model) }
      let (text, isCut) = model.written(stops: texts(body["stop"]), most: body["max_tokens"]?.asInt ?? 0)
      return ["choices": [["index": 0, "text": .string(text), "finish_reason": isCut ? "length" : "stop"]]]
    }
  }

  /// A prompt with its scores and one written token, as OpenAI's completions give them.
  static func echo(_ ids: [Int], _ model: SpokenModel, isAddingBos: Bool = false, isWriting: Bool = true)
    throws -> Value
  {
    let start = isAddingBos ? [Int(model.tokenizer.bosID ?? 0)] : []
    let all = start + ids + (isWriting ? [5] : [])
    var offset = 0
    var offsets: [Value] = []
    for (index, id) in all.enumerated() {
      offsets.append(.int(offset))
      if index >= start.count { offset += model.spelling(id).unicodeScalars.count }
    }
    let scores = all.indices.map { $0 == 0 ? nil : model.score(all[$0], after: all[$0 - 1]) }
    return [
      "choices": [
        [
          "index": 0, "text": "x", "finish_reason": "length",
          "logprobs": [
            "tokens": .list(all.map { .string(model.spelling($0)) }),
            "token_logprobs": .list(scores.map { $0.map { .double($0.number) } ?? .null }),
            "top_logprobs": .list(scores.map { $0.map { ["best": .double($0.best)] } ?? .null }),
            "text_offset": .list(offsets),
          ],
        ]
      ],
      "usage": ["prompt_tokens": .int(start.count + ids.count)],
    ]
  }

  private func vllm(_ body: OrderedMap, _ model: SpokenModel) throws -> Value {
    let ids = try model.prompt(body)
    let entries = ids.indices.map { index -> Value in
      guard index > 0 else { return .null }
      let score = model.score(ids[index], after: ids[index - 1])
      var map: OrderedMap = [
        .string(String(ids[index])): [
          "logprob": .double(score.number), "rank": score.number == score.best ? 1 : 3,
          "decoded_token": .string(model.spelling(ids[index])),
        ]
      ]
      if score.number != score.best {
        map["99999"] = ["logprob": .double(score.best), "rank": 1, "decoded_token": "x"]
      }
      return .map(map)
    }
    return [
      "choices": [["index": 0, "text": "x", "finish_reason": "length", "prompt_logprobs": .list(entries)]]
    ]
  }

  private func sglang(_ body: OrderedMap, _ model: SpokenModel) throws -> Value {
    let sampling = body["sampling_params"]?.asMap ?? [:]
    guard body["logprob_start_len"] != nil else {
      let (text, isCut) = model.written(
        stops: texts(sampling["stop"]), most: sampling["max_new_tokens"]?.asInt ?? 0)
      return ["text": .string(text), "meta_info": ["finish_reason": ["type": isCut ? "length" : "stop"]]]
    }
    let ids = try model.prompt(body)
    let start = body["logprob_start_len"]?.asInt ?? 0
    let scores = (start..<ids.count).map { $0 == start ? nil : model.score(ids[$0], after: ids[$0 - 1]) }
    return [
      "text": "x",
      "meta_info": [
        "input_token_logprobs": .list(
          zip(ids[start...], scores).map { id, score in
            [score.map { .double($0.number) } ?? .null, .int(id), .null]
          }),
        "input_top_logprobs": .list(
          scores.map { $0.map { [[.double($0.best), 9, .null]] } ?? .null }),
      ],
    ]
  }

  private func texts(_ value: Value?) -> [String] { value?.asList?.compactMap(\.asString) ?? [] }
}
