import Backends
import Exchange
import Foundation
import Synchronization
import TestKit
import Testing
import Tokenizers
import Transport
import Values

/// Requests and what the harness sends for them; `Tools/servers/expect.py` writes them down.
private struct Conversation: Sendable, CustomTestStringConvertible {
  let number: Int
  let backend: String
  let arguments: OrderedMap
  let requests: [Value]
  var testDescription: String { "\(number): \(backend) \(Value.map(arguments).json())" }

  static let all: [Conversation] = {
    let file = repositoryRoot.appending(path: "Tests/BackendsTests/Fixtures/bodies.jsonl")
    let lines = (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n") ?? []
    return lines.enumerated().compactMap { number, line in
      guard let map = (try? Value(json: String(line)))?.asMap, let backend = map["backend"]?.asString,
        let arguments = map["arguments"]?.asMap, let requests = map["requests"]?.asList
      else { return nil }
      return Conversation(number: number, backend: backend, arguments: arguments, requests: requests)
    }
  }()
}

@Suite struct `what is sent` {
  @Test func `is known for each dialect that the harness speaks`() {
    #expect(
      Set(Conversation.all.map(\.backend)) == [
        "local-completions", "openai-completions", "local-chat-completions", "openai-chat-completions",
        "anthropic-chat", "gguf",
      ])
    #expect(Conversation.all.reduce(0) { $0 + $1.requests.count } > 200)
  }

  @Test(arguments: Conversation.all)
  private func `is what the harness sends`(_ it: Conversation) async throws {
    let sent = Mutex<[OrderedMap]>([])
    let transport = try Self.transport(it) { body in sent.withLock { $0.append(body) } }
    var arguments = it.arguments
    // The default is another one there.
    if arguments["max_length"] == nil { arguments["max_length"] = 2048 }
    if let folder = arguments["tokenizer"]?.asString {
      arguments["tokenizer"] = .string(repositoryRoot.appending(path: folder).path)
    }
    let backend = try BackendRegistry.builtin.make(
      it.backend, arguments,
      BackendContext(
        variable: { $0.hasSuffix("_API_KEY") ? "k" : nil }, transport: transport, clock: QuickTime().clock))
    for entry in it.requests {
      let map = try #require(entry.asMap)
      let request = try #require(Self.request(map))
      // What a server is asked before the first score belongs to no request.
      if request.type != .generateUntil {
        _ = try await backend.answer([Request(.loglikelihood(context: "The sky is", continuation: " blue"))])
      }
      sent.withLock { $0 = [] }
      _ = try await backend.answer([request])
      let bodies = sent.withLock { $0 }
      let theirs = (map["bodies"]?.asList ?? []).compactMap(\.asMap).map { Self.plain($0, it, request) }
      #expect(bodies.count == theirs.count)
      // Windows of one text come in any order.
      let order: (OrderedMap, OrderedMap) -> Bool = {
        ($0["prompt"]?.json() ?? "") < ($1["prompt"]?.json() ?? "")
      }
      for (ours, theirs) in zip(bodies.sorted(by: order), theirs.sorted(by: order)) {
        let ours = Self.plain(ours, it, request)
        for key in Set(ours.keys.map(\.text) + theirs.keys.map(\.text)).sorted() {
          let (a, b) = (ours[.string(key)]?.json(), theirs[.string(key)]?.json())
          #expect(a == b, "`\(key)` of \(request.arguments.json())")
        }
      }
    }
  }

  private static func request(_ map: OrderedMap) -> Request? {
    guard let arguments = map["arguments"]?.asList, let first = arguments.first else { return nil }
    let text =
      first.asList.flatMap { list in
        let messages = list.compactMap(\.asMap).map {
          ChatMessage(
            ChatMessage.Role(rawValue: $0["role"]?.asString ?? "") ?? .user, $0["content"]?.asString ?? "")
        }
        return try? MessageList().text(of: messages, isAnswerOpen: true)
      } ?? first.text
    return switch map["type"]?.asString {
    case "generate_until"?:
      Request(.generate(context: Prompt(text), options: GenerationOptions(arguments[1].asMap ?? [:])))
    case "loglikelihood"?: Request(.loglikelihood(context: Prompt(text), continuation: arguments[1].text))
    default: Request(.loglikelihoodRolling(text: text))
    }
  }

  /// A body without what the two write in different ways for the same thing, and what `Differences.md` names.
  private static func plain(_ body: OrderedMap, _ it: Conversation, _ request: Request) -> OrderedMap {
    var body = body
    if body["temperature"]?.asDouble == 0 { body["temperature"] = 0 }
    for key in ["stop", "stop_sequences"] as [Value] {
      let texts = body[key]?.asList?.filter { $0.asString != nil } ?? []
      body[key] = texts.isEmpty ? nil : .list(texts)
    }
    if case .generate(_, let options) = request.ask, options.values["until"] == nil {
      // No task asks without stop texts; what ends the text then, each guesses.
      for key in ["stop", "stop_sequences"] as [Value] { body[key] = nil }
    }
    if it.arguments["model"] == "gpt-3.5-turbo" {
      for key in ["stop", "temperature"] as [Value] { body[key] = nil }
    }
    // OpenAI refuses more than four.
    if it.backend == "openai-completions", let texts = body["stop"]?.asList {
      body["stop"] = .list(Array(texts.prefix(4)))
    }
    if it.backend == "gguf" {
      // The harness leaves the length of an answer to the server, and asks for ten of the likeliest tokens where one will do;
      // nor does it tell the server not to punish repeated words.
      for key in ["logprobs", "seed", "repeat_penalty"] as [Value] { body[key] = nil }
      if request.type == .generateUntil { body["max_tokens"] = nil }
    }
    return body
  }

  /// A server that answers everything, as far as whoever asks goes on.
  private static func transport(
    _ it: Conversation, _ note: @escaping @Sendable (OrderedMap) -> Void
  ) throws -> ScriptedTransport {
    let tokenizer = try it.arguments["tokenizer"]?.asString.map {
      try Tokenizer(folder: repositoryRoot.appending(path: $0).path)
    }
    return ScriptedTransport { call throws(TransportError) in
      let body = (try? Value(json: call.body))?.asMap ?? [:]
      note(body)
      var texts: [String]?
      var count = body["prompt"]?.asList?.count ?? 0
      if let text = body["prompt"]?.asString {
        if let tokenizer {
          count = (try? tokenizer.encode(text, addingSpecial: false).count) ?? 0
        } else {
          texts = text.unicodeScalars.map { String($0) } + ["x"]
          count = text.unicodeScalars.count
        }
      }
      var scores: OrderedMap = [
        "token_logprobs": .list([.null] + Array(repeating: -0.5, count: count)),
        "top_logprobs": .list(Array(repeating: ["a": -0.5], count: count + 1)),
      ]
      if let texts { scores["tokens"] = .list(texts.map { .string($0) }) }
      let choice: Value = ["text": "x", "message": ["content": "x"], "logprobs": .map(scores)]
      let reply: Value = ["choices": [choice], "content": [["type": "text", "text": "x"]]]
      return Reply(status: 200, body: Array(reply.json().utf8))
    }
  }
}
