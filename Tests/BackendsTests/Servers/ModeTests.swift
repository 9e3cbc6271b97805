import Backends
import Exchange
import Foundation
import TestKit
import Testing
import Values

@Suite(.serialized) struct `choices without log-likelihoods` {
  private static let choices = [" A", " B", " C"]

  private func requests(_ questions: Int = 1, choices: [String] = choices) -> [Request] {
    (0..<questions).flatMap { n in
      choices.map { Request(.loglikelihood(context: Prompt("Question \(n)? Answer:"), continuation: $0)) }
    }
  }

  /// How each dialect tells the likeliest first tokens.
  private static func firstTokens(_ manner: Manner, _ tokens: [(String, Double)]) -> Value {
    let list: Value = .list(tokens.map { ["token": .string($0.0), "logprob": .double($0.1)] })
    switch manner {
    case .openAICompletions, .localCompletions, .vllm, .gguf:
      let map = OrderedMap(tokens.map { (.string($0.0), .double($0.1)) })
      return [
        "choices": [["text": "A", "finish_reason": "length", "logprobs": ["top_logprobs": [.map(map)]]]]
      ]
    case .openAIChat, .localChat:
      return [
        "choices": [
          [
            "message": ["content": "A"], "finish_reason": "length",
            "logprobs": ["content": [["token": "A", "top_logprobs": list]]],
          ]
        ]
      ]
    case .sglang:
      let top: Value = .list(tokens.map { [.double($0.1), 5, .string($0.0)] })
      return ["text": "A", "meta_info": ["output_top_logprobs": [top]]]
    case .ollama: return ["response": "A", "done": true, "logprobs": [["token": "A", "top_logprobs": list]]]
    case .llamaCpp: return ["content": "A", "completion_probabilities": [["top_logprobs": list]]]
    case .anthropic: return ["content": [["type": "text", "text": "A"]]]
    }
  }

  private func heard(
    _ manner: Manner, _ mode: String, _ requests: [Request], _ more: OrderedMap = [:],
    _ reply: @escaping @Sendable (Asked) -> Value
  ) async throws -> (Heard.State, [Asked]) {
    let server = try await LoopbackServer { .reply(reply($0)) }
    var settings: OrderedMap = ["score_mode": .string(mode)]
    for (key, value) in more { settings[key] = value }
    let backend = try manner.backend(server, settings, time: QuickTime())
    let heard = Heard()
    try await backend.answer(requests, to: heard.delivery)
    return (heard.all, server.asked)
  }

  @Test(arguments: Manner.allCases.filter { $0 != .anthropic })
  func `first_token reads all choices from one request`(_ manner: Manner) async throws {
    let (all, asked) = try await heard(manner, "first_token", requests(2)) { _ in
      Self.firstTokens(manner, [("Hm", -0.4), (" B", -0.7), ("A", -1.5), ("x", -6)])
    }
    #expect(asked.count == 2, "one for each question")
    for (index, number) in [-1.5, -0.7, -6, -1.5, -0.7, -6].enumerated() {
      // No choice is the likeliest token of all, and what is not among them is bounded by the least of them.
      #expect(all.answers[index] == [.loglikelihood(number, isGreedy: false)])
    }
    let most = ["max_tokens", "max_completion_tokens", "n_predict"].compactMap { asked[0].body[.string($0)] }
    let inner = asked[0].body["sampling_params"]?.asMap?["max_new_tokens"]
    #expect((most + [inner, asked[0].body["options"]?.asMap?["num_predict"]].compactMap { $0 }) == [1])
  }

  @Test func `the likeliest token of all is the greedy one`() async throws {
    let (all, _) = try await heard(.localChat, "first_token", requests()) { _ in
      Self.firstTokens(.localChat, [("C", -0.1), ("A", -3), ("B", -4)])
    }
    #expect(all.answers[2] == [.loglikelihood(-0.1, isGreedy: true)])
    #expect(all.answers[0] == [.loglikelihood(-3, isGreedy: false)])
  }

  @Test func `a question none of whose choices is among the first tokens fails alone`() async throws {
    let (all, _) = try await heard(.localChat, "first_token", requests(2)) { asked in
      let isFirst = Value.map(asked.body).json().contains("Question 0")
      return Self.firstTokens(.localChat, isFirst ? [("The", -0.1)] : [("A", -0.1), ("B", -2)])
    }
    #expect(all.failures.keys.sorted() == [0, 1, 2])
    #expect(all.failures[0]?.first?.help?.contains("score_mode=generate") == true)
    #expect(all.answers.keys.sorted() == [3, 4, 5])
  }

  @Test(arguments: [Manner.anthropic, .localChat])
  func `a server that tells no first tokens is refused at once`(_ manner: Manner) async throws {
    do {
      let (all, asked) = try await heard(manner, "first_token", requests(9)) { _ in
        manner == .anthropic
          ? Self.firstTokens(.anthropic, []) : ["choices": [["message": ["content": "A"]]]]
      }
      Issue.record("\(all.answers) after \(asked.count)")
    } catch let error as BackendError {
      #expect(error.kind == .unusable && error.message.contains("likeliest first tokens"))
      #expect(error.help?.contains("score_mode=generate") == true)
    }
  }

  @Test(
    arguments: [
      ("B", 1), ("(b) it is", 1), ("**C**", 2), ("A.", 0), ("I would say that C is right", 2),
      ("The answer is B.", 1),
    ])
  func `generate takes the choice that is named`(_ text: String, _ chosen: Int) async throws {
    let (all, asked) = try await heard(.localChat, "generate", requests()) { _ in
      ["choices": [["message": ["content": .string(text)], "finish_reason": "stop"]]]
    }
    #expect(asked.count == 1)
    for index in 0..<3 {
      #expect(
        all.answers[index] == [.loglikelihood(index == chosen ? 0 : -100, isGreedy: index == chosen)])
    }
    #expect(all.notes.isEmpty)
  }

  @Test func `generate compares whole words, and the longest of several`() async throws {
    let words = [" to", " to the river", " tomorrow"]
    let (all, _) = try await heard(.ollama, "generate", requests(choices: words)) { _ in
      ["response": "To the river, I think", "done": true]
    }
    #expect(all.answers[1] == [.loglikelihood(0, isGreedy: true)])
    #expect(all.answers[0] == [.loglikelihood(-100, isGreedy: false)])
  }

  @Test func `generate drops the thinking first`() async throws {
    let (all, _) = try await heard(.localChat, "generate", requests(), ["think_end_token": "</think>"]) { _ in
      ["choices": [["message": ["content": "A? No, A is wrong.</think>\n\nB"], "finish_reason": "stop"]]]
    }
    #expect(all.answers[1] == [.loglikelihood(0, isGreedy: true)])
  }

  @Test func `an answer that names none, or two, is noted and guessed evenly`() async throws {
    let (all, _) = try await heard(.localChat, "generate", requests(90)) { asked in
      let isFirst = Value.map(asked.body).json().contains("Question 0?")
      return ["choices": [["message": ["content": isFirst ? "Either A or B" : "Who knows"]]]]
    }
    #expect(all.notes.count == 270 && all.notes.values.allSatisfy { $0 == .empty })
    let chosen = (0..<3).map { choice in
      (0..<90).count { all.answers[$0 * 3 + choice] == [.loglikelihood(0, isGreedy: true)] }
    }
    #expect(chosen.reduce(0, +) == 90)
    #expect(chosen.allSatisfy { $0 > 12 }, "\(chosen)")
  }

  @Test func `a refusal is noted as one`() async throws {
    let (all, _) = try await heard(.localChat, "generate", requests()) { _ in
      ["choices": [["message": ["content": .null, "refusal": "I cannot help with that"]]]]
    }
    #expect(all.notes.values.allSatisfy { $0 == .refused } && all.notes.count == 3)
  }

  @Test(arguments: ["first_token", "generate"])
  func `whole texts cannot be scored so`(_ mode: String) async throws {
    do {
      _ = try await heard(.localCompletions, mode, [Request(.loglikelihoodRolling(text: "a text"))]) { _ in
        [:]
      }
      Issue.record("it answered")
    } catch let error as BackendError {
      #expect(error.kind == .unusable && error.help?.contains("score_mode=logprobs") == true)
    }
  }
}
