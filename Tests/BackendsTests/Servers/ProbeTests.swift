import Backends
import Exchange
import Foundation
import Synchronization
import TestKit
import Testing
import Values

@Suite(.serialized) struct `what a server shows of itself` {
  private func findings(
    _ manner: Manner, _ more: OrderedMap = [:], _ behave: @escaping @Sendable (Asked) -> Behaviour
  ) async throws -> [String: String] {
    let server = try await LoopbackServer(behave)
    let backend = try manner.backend(server, more, time: QuickTime())
    let probed = try #require(backend as? any Probed)
    return Dictionary(await probed.probe(seconds: 0).map { ($0.name, $0.text) }) { a, _ in a }
  }

  private static func said(_ text: String) -> Value {
    ["choices": [["message": ["content": .string(text)], "text": .string(text), "finish_reason": "stop"]]]
  }

  // MARK: - Seeds

  @Test func `a server that heeds seeds`() async throws {
    let lines = try await findings(.localChat) { .reply(Self.said("text \($0.body["seed"] ?? .null)")) }
    #expect(lines["heeds seeds"] == "yes")
  }

  @Test func `a server that writes something else each time`() async throws {
    let lines = try await findings(.localChat) { .reply(Self.said("text \($0.number)")) }
    #expect(lines["heeds seeds"]?.hasPrefix("no: one seed gave two texts") == true)
  }

  @Test func `a server that always writes the same tells nothing`() async throws {
    let lines = try await findings(.localChat) { _ in .reply(Self.said("text")) }
    #expect(lines["heeds seeds"]?.hasPrefix("cannot be told") == true)
    let other = try await findings(.anthropic) { _ in .reply(["content": [["type": "text", "text": "x"]]]) }
    #expect(other["heeds seeds"] == "no: this dialect sends none")
  }

  // MARK: - Conversations

  @Test(arguments: [Manner.localCompletions, .openAICompletions])
  func `a server of conversations alone is told from one that is not there`(_ manner: Manner) async throws {
    let behave: @Sendable (Asked) -> Behaviour = { asked in
      asked.path == "/v1/chat/completions"
        ? .reply(Self.said("hello")) : .status(404, [:], #"{"error": {"message": "This is a chat model"}}"#)
    }
    let lines = try await findings(manner, [:], behave)
    #expect(lines["writes texts"]?.contains("has this model for conversations only") == true)
    #expect(lines["takes conversations"]?.contains("local-chat-completions") == true)
    #expect(lines["log-likelihoods"]?.hasPrefix("no: ") == true)
    let server = try await LoopbackServer(behave)
    for ask in [
      Request.Ask.generate(context: "q", options: GenerationOptions([:])),
      .loglikelihood(context: "The sky", continuation: " is"),
    ] {
      do {
        _ = try await manner.backend(server, time: QuickTime()).answer([Request(ask)])
        Issue.record("it answered")
      } catch let error as BackendError {
        #expect(error.kind == .unusable && error.message.contains("for conversations only"), "\(error)")
        #expect(error.help?.contains("local-chat-completions") == true)
      }
    }
    let nothing = try await findings(manner) { _ in .status(404, [:], "") }
    #expect(nothing["writes texts"]?.contains("does not know this address or model") == true)
    #expect(nothing["takes conversations"] == "no")
  }

  @Test(arguments: [Manner.vllm, .sglang, .llamaCpp, .gguf, .ollama])
  func `a server of both says so`(_ manner: Manner) async throws {
    let model = try SpokenModel()
    let lines = try await findings(manner, ["tokenizer": .null]) { asked in
      if asked.path == "/api/chat" { return .reply(["message": ["content": "x"], "done": true]) }
      let answerer = asked.path == "/v1/chat/completions" ? Manner.localChat : manner
      return (try? .reply(answerer.reply(asked, model))) ?? .close
    }
    #expect(lines["takes conversations"] == "yes, with `--apply_chat_template`")
    let alone = try await findings(manner, ["tokenizer": .null]) { asked in
      if asked.path == "/api/chat" || asked.path == "/v1/chat/completions" { return .status(404, [:], "") }
      return (try? .reply(manner.reply(asked, model))) ?? .close
    }
    #expect(alone["takes conversations"] == "no")
  }

  // MARK: - Lengths

  private static let lists: [(Manner, String, Value, Int?)] = [
    (
      .vllm, "/v1/models", ["data": [["id": "x", "max_model_len": 9], ["id": "m", "max_model_len": 30]]], 30
    ),
    (.localCompletions, "/v1/models", ["data": [["id": "other", "max_model_len": 30]]], 30),
    (.sglang, "/v1/models", ["data": [["id": "a"], ["id": "m"]]], nil),
    (.llamaCpp, "/props", ["default_generation_settings": ["n_ctx": 30]], 30),
    (.localCompletions, "/v1/models", ["object": "list"], nil),
  ]

  @Test(arguments: lists.indices)
  func `the longest input is what the server says`(_ index: Int) async throws {
    let (manner, path, list, length) = Self.lists[index]
    let model = try SpokenModel()
    let server = try await LoopbackServer { asked in
      asked.path == path ? .reply(list) : (try? .reply(manner.reply(asked, model))) ?? .close
    }
    let backend = try manner.backend(server, ["tokenizer": .string(SpokenModel.folder)], time: QuickTime())
    #expect(backend.identity["max_length"] == nil)
    for _ in 0..<3 { try await backend.prepare() }
    #expect(server.asked.map(\.path) == [path], "it is asked once")
    #expect(backend.identity["max_length"] == length.map { .int($0) })
    #expect(backend.facts["max_length"] == length.map { .int($0) })
    guard manner != .llamaCpp else { return }
    let text = String(repeating: " it was hot and there", count: 20)
    let request = Request(.loglikelihood(context: Prompt(text), continuation: " blue"))
    _ = try await backend.answer([request])
    let sent = try #require(
      server.asked.last.flatMap { ($0.body["prompt"] ?? $0.body["input_ids"])?.asList?.count })
    #expect(length.map { sent == $0 - 1 } ?? (sent > 60), "\(sent) tokens were sent")
  }

  @Test func `what the user says is not asked for, and who does not tell is no trouble`() async throws {
    let server = try await LoopbackServer { _ in .status(404, [:], "") }
    let given = try Manner.vllm.backend(server, ["max_length": 77], time: QuickTime())
    try await given.prepare()
    #expect(server.asked.isEmpty && given.identity["max_length"] == 77)
    let silent = try Manner.vllm.backend(server, time: QuickTime())
    try await silent.prepare()
    #expect(server.asked.count == 1 && silent.identity["max_length"] == nil)
  }

  @Test func `of several servers the least counts, and one that is down ends the run before it begins`()
    async throws
  {
    func server(_ length: Int) async throws -> LoopbackServer {
      try await LoopbackServer { _ in .reply(["data": [["id": "m", "max_model_len": .int(length)]]]) }
    }
    let servers = [try await server(300), try await server(200)]
    let urls = Value.list(servers.map { .string($0.url) })
    let backend = try Manner.vllm.backend(servers[0], ["base_url": urls], time: QuickTime())
    try await backend.prepare()
    #expect(backend.identity["max_length"] == 200)
    let dead = try await LoopbackServer { _ in .close }
    let lost = try Manner.vllm.backend(dead, ["max_retries": 1], time: QuickTime())
    do throws(BackendError) {
      try await lost.prepare()
      Issue.record("it went on")
    } catch { #expect(error.kind == .unreachable && error.help?.contains("max_length") == true, "\(error)") }
  }

  // MARK: - Scores

  @Test func `a server shows once that it scores prompts`() async throws {
    let model = try SpokenModel()
    let server = try await LoopbackServer { asked in
      (try? .reply(Manner.localCompletions.reply(asked, model))) ?? .close
    }
    let backend = try Manner.localCompletions.backend(server, time: QuickTime())
    let request = Request(.loglikelihood(context: "The sky is", continuation: " blue"))
    for _ in 0..<3 { _ = try await backend.answer([request]) }
    #expect(server.asked.count == 4)
  }

  // MARK: - Keys

  @Test(arguments: [Manner.openAICompletions, .openAIChat, .anthropic])
  func `a provider's dialect needs no key elsewhere`(_ manner: Manner) throws {
    func make(_ url: String?) throws -> any Backend {
      var arguments: OrderedMap = ["model": "m"]
      if let url { arguments["base_url"] = .string(url) }
      return try BackendRegistry.builtin.make(manner.rawValue, arguments)
    }
    _ = try make("http://localhost:8000/v1")
    let own = manner == .anthropic ? "https://api.anthropic.com/v1" : "https://api.openai.com/v1"
    for url in [nil, own] {
      #expect(throws: BackendError.self) { try make(url) }
    }
  }
}
