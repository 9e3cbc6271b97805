import Backends
import Exchange
import Foundation
import TestKit
import Testing
import Values

@Suite(.serialized) struct `where an answer ends` {
  /// What comes of a text that each dialect's server writes, whatever it was told.
  private func answer(
    _ manner: Manner, writes text: String, until stops: [String], _ more: OrderedMap = [:],
    isCut: Bool = false
  ) async throws -> (text: String?, note: AnswerNote?, asked: Asked, remarks: [Remark]) {
    let server = try await LoopbackServer { _ in .reply(Self.reply(manner, text, isCut)) }
    let backend = try manner.backend(server, more, time: QuickTime())
    let heard = Heard()
    let options = GenerationOptions(["until": .list(stops.map { .string($0) }), "max_gen_toks": 50])
    try await backend.answer([Request(.generate(context: "Say it:", options: options))], to: heard.delivery)
    guard case .text(let answer)? = heard.all.answers[0]?.first else {
      return (nil, nil, try #require(server.asked.first), [])
    }
    return (answer, heard.all.notes[0], try #require(server.asked.first), heard.all.remarks)
  }

  private static func reply(_ manner: Manner, _ text: String, _ isCut: Bool) -> Value {
    let text = Value.string(text)
    let reason: Value = isCut ? "length" : "stop"
    return switch manner {
    case .anthropic:
      ["content": [["type": "text", "text": text]], "stop_reason": isCut ? "max_tokens" : "end_turn"]
    case .ollama: ["response": text, "done": true, "done_reason": reason]
    case .llamaCpp: ["content": text, "stop_type": isCut ? "limit" : "eos"]
    case .sglang: ["text": text, "meta_info": ["finish_reason": ["type": reason]]]
    case .openAIChat, .localChat: ["choices": [["message": ["content": text], "finish_reason": reason]]]
    case .openAICompletions, .localCompletions, .vllm, .gguf:
      ["choices": [["text": text, "finish_reason": reason]]]
    }
  }

  private static let stops = ["one", "two", "three", "four", "five", "six", "seven"]

  private func sent(_ asked: Asked) -> [String] {
    let body = asked.body
    let inner = body["options"]?.asMap ?? body["sampling_params"]?.asMap ?? [:]
    let list = body["stop"] ?? body["stop_sequences"] ?? inner["stop"]
    return list?.asList?.compactMap(\.asString) ?? []
  }

  @Test(arguments: Manner.allCases)
  func `seven stop texts all end it, though the server takes fewer or heeds none`(_ manner: Manner)
    async throws
  {
    let it = try await answer(manner, writes: "it is six of them, or two", until: Self.stops)
    #expect(it.text == "it is " && it.note == nil)
    let takesFour = [Manner.openAICompletions, .openAIChat, .localChat].contains(manner)
    #expect(sent(it.asked).starts(with: Self.stops.prefix(takesFour ? 4 : 7)))
    #expect(sent(it.asked).count <= (takesFour ? 4 : 8))
    #expect(it.remarks.map(\.kind) == (takesFour ? ["stops-cut-here"] : []))
  }

  @Test(arguments: [0, 2, 9])
  func `how many are sent can be said`(_ most: Int) async throws {
    let it = try await answer(
      .localChat, writes: "a seven b", until: Self.stops, ["max_stops": .int(most)])
    #expect(sent(it.asked) == Array(Self.stops.prefix(most)) && it.text == "a ")
    #expect((it.asked.body["stop"] == nil) == (most == 0))
  }

  @Test(arguments: Manner.allCases)
  func `what the limit cut is noted, but not where a stop text stands before`(_ manner: Manner) async throws {
    let cut = try await answer(manner, writes: "it goes on and", until: ["\n"], isCut: true)
    #expect(cut.text == "it goes on and" && cut.note == .truncated)
    let stopped = try await answer(manner, writes: "it ends\nhere and", until: ["\n"], isCut: true)
    #expect(stopped.text == "it ends" && stopped.note == nil)
    let empty = try await answer(manner, writes: " \n", until: ["."])
    #expect(empty.note == .empty)
  }

  @Test(arguments: [Manner.gguf, .llamaCpp, .ollama])
  func `servers that punish repeated words by themselves are told not to`(_ manner: Manner) async throws {
    let it = try await answer(manner, writes: "a a a", until: ["\n"])
    let inner = it.asked.body["options"]?.asMap ?? it.asked.body
    #expect(inner["repeat_penalty"] == 1)
    let own = try await answer(manner, writes: "a", until: ["\n"], ["extra_body": ["repeat_penalty": 1.3]])
    #expect((own.asked.body["options"]?.asMap ?? own.asked.body)["repeat_penalty"] == 1.3)
  }

  @Test func `eos_string ends it too`() async throws {
    let it = try await answer(
      .localChat, writes: "four<|im_end|> more", until: ["\n"], ["eos_string": "<|im_end|>"])
    #expect(it.text == "four" && sent(it.asked) == ["\n", "<|im_end|>"])
  }

  private static let thinking: OrderedMap = ["think_end_token": "</think>"]

  @Test(arguments: [Manner.localChat, .localCompletions, .ollama, .vllm])
  func `thinking is dropped, and a stop text in it ends nothing`(_ manner: Manner) async throws {
    let it = try await answer(
      manner, writes: "<think>Let me see.\n\nTwo and two</think>\n\n four\n\nQuestion: next", until: ["\n\n"],
      Self.thinking)
    #expect(it.text == "four" && it.note == nil)
    // A server that was told of it would have stopped while it was thinking.
    #expect(!sent(it.asked).contains("\n\n"))
  }

  @Test func `what stands behind the last end of thinking counts`() async throws {
    let it = try await answer(
      .localChat, writes: "a</think>b</think>  c", until: ["\n"], Self.thinking)
    #expect(it.text == "c")
    // A server that keeps the thinking to itself sends the answer alone.
    let bare = try await answer(.localChat, writes: "\n four", until: ["\n"], Self.thinking)
    #expect(bare.text == "four")
  }

  @Test func `thinking that reached the limit leaves a note`() async throws {
    let it = try await answer(
      .localChat, writes: "<think>Let me see whether", until: ["</s>"], Self.thinking, isCut: true)
    #expect(it.note == .truncated)
  }
}
