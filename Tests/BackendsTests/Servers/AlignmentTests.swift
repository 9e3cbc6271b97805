import Backends
import Exchange
import Foundation
import TestKit
import Testing
import Values

@Suite(.serialized) struct `scores laid beside what was asked` {
  private static let asked = Request(.loglikelihood(context: "The sky is", continuation: " green and wide"))

  private func answer(
    _ manner: Manner = .localCompletions, _ more: OrderedMap = [:],
    _ change: @escaping @Sendable (Asked, SpokenModel) throws -> Value
  ) async throws -> Answer {
    let model = try SpokenModel()
    let server = try await LoopbackServer { asked in
      if asked.path == "/tokenize" { return (try? .reply(manner.reply(asked, model))) ?? .close }
      return (try? .reply(change(asked, model))) ?? .close
    }
    return try await manner.backend(server, more, time: QuickTime()).answer([Self.asked])[0]
  }

  private func error(
    _ manner: Manner = .localCompletions, _ more: OrderedMap = [:],
    _ change: @escaping @Sendable (Asked, SpokenModel) throws -> Value
  ) async -> BackendError? {
    do {
      let it = try await answer(manner, more, change)
      Issue.record("it gave \(it)")
      return nil
    } catch let error as BackendError { return error } catch { return nil }
  }

  private func expectRight(_ answer: Answer) throws {
    let (number, isGreedy) = try SpokenModel().expected("The sky is", " green and wide")
    guard case .loglikelihood(let found, let isBest) = answer else {
      Issue.record("no likelihood")
      return
    }
    #expect(abs(found - number) < 1e-9 && isBest == isGreedy)
  }

  @Test(arguments: [true, false], [true, false])
  func `a beginning token that the server adds, and a token that it does not write`(
    _ isAddingBos: Bool, _ isWriting: Bool
  ) async throws {
    try expectRight(
      try await answer { asked, model in
        try Manner.echo(try model.prompt(asked.body), model, isAddingBos: isAddingBos, isWriting: isWriting)
      })
  }

  @Test(arguments: [true, false])
  func `by text offsets alone`(_ isAddingBos: Bool) async throws {
    try expectRight(
      try await answer(.localCompletions, ["tokenizer": .null]) { asked, model in
        try Manner.echo(try model.prompt(asked.body), model, isAddingBos: isAddingBos)
      })
  }

  @Test func `by the server's own tokens`() async throws {
    try expectRight(
      try await answer(.vllm, ["tokenizer": .null]) { asked, model in try Manner.vllm.reply(asked, model) })
  }

  @Test func `more than one choice, in another order`() async throws {
    try expectRight(
      try await answer { asked, model in
        let right = try Manner.localCompletions.reply(asked, model)
        var first = right.asMap?["choices"]?.asList?[0].asMap ?? [:]
        let own = Value.map(first)
        first["index"] = 1
        first["logprobs"] = ["token_logprobs": [], "tokens": [], "top_logprobs": []]
        return ["choices": [.map(first), own]]
      })
  }

  @Test func `a server that ignores echo is refused before the run`() async throws {
    let said = await error { asked, model in
      [
        "choices": [
          [
            "text": "x",
            "logprobs": ["token_logprobs": [-0.1], "tokens": ["x"], "top_logprobs": [["x": -0.1]]],
          ]
        ]
      ]
    }
    #expect(said?.kind == .unusable)
    #expect(
      said?.message.hasPrefix(
        "the server cannot be asked for log-likelihoods: the server did not score the prompt") == true)
    #expect(said?.help?.contains("score_mode=first_token") == true)
  }

  @Test func `no scores, short lists, gaps and other tokens are errors`() async throws {
    let none = await error { asked, model in ["choices": [["text": "x", "logprobs": .null]]] }
    #expect(none?.message.contains("no `logprobs`") == true)
    func changed(_ key: String, _ change: @escaping @Sendable ([Value]) -> [Value]) async -> BackendError? {
      await error { asked, model in
        let right = try Manner.localCompletions.reply(asked, model)
        var choice = right.asMap?["choices"]?.asList?[0].asMap ?? [:]
        var scores = choice["logprobs"]?.asMap ?? [:]
        scores[key] = .list(change(scores[key]?.asList ?? []))
        choice["logprobs"] = .map(scores)
        return ["choices": [.map(choice)]]
      }
    }
    #expect(await changed("top_logprobs") { Array($0.dropLast(2)) }?.message.contains("has") == true)
    let gap = await changed("token_logprobs") { $0.enumerated().map { $0.offset > 3 ? .null : $0.element } }
    #expect(gap?.message.contains("gives no log-probability") == true)
    let other = await changed("tokens") { $0.map { _ in "zzz" } }
    #expect(other?.message.contains("are not those that were asked about") == true)
    let positive = await changed("token_logprobs") { $0.map { _ in 3.5 } }
    #expect(positive?.message.contains("above 0") == true)
    let noBest = await changed("top_logprobs") { $0.map { _ in .null } }
    #expect(noBest?.message.contains("which token it would have chosen") == true)
  }

  @Test func `a token over the border is an error where only the text is known`() async throws {
    let said = await error(.localCompletions, ["tokenizer": .null]) { asked, model in
      let right = try Manner.localCompletions.reply(asked, model)
      var choice = right.asMap?["choices"]?.asList?[0].asMap ?? [:]
      var scores = choice["logprobs"]?.asMap ?? [:]
      // The last token of the question and the first of the answer are one.
      let place = scores["text_offset"]?.asList?.firstIndex(of: 10) ?? 1
      for key in ["tokens", "token_logprobs", "top_logprobs", "text_offset"] {
        var list = scores[key]?.asList ?? []
        if key == "tokens" { list[place - 1] = .string(list[place - 1].text + list[place].text) }
        list.remove(at: place)
        scores[key] = .list(list)
      }
      choice["logprobs"] = .map(scores)
      return ["choices": [.map(choice)]]
    }
    #expect(said?.message.contains("reaches over the border") == true, "\(said?.message ?? "")")
  }

  @Test func `replies with a byte changed never give another number`() async throws {
    let model = try SpokenModel()
    let right = try SpokenModel().expected("The sky is", " green and wide")
    var random = SeededRandom(seed: 17)
    let places = (0..<120).map { _ in Int.random(in: 0..<1500, using: &random) }
    for manner in [Manner.localCompletions, .vllm, .sglang] {
      let server = try await LoopbackServer { asked in
        guard var bytes = try? Array(manner.reply(asked, model).json().utf8) else { return .close }
        // The probe is answered well, what follows is damaged in its form; digits stay, since nobody could know.
        if asked.number > 0 {
          let place = places[asked.number % places.count] % bytes.count
          if !(0x30...0x39).contains(bytes[place]), bytes[place] != 0x2E, bytes[place] != 0x2D {
            bytes[place] = 0x7E
          }
        }
        return .bytes(bytes)
      }
      let backend = try manner.backend(server, ["max_retries": 0], time: QuickTime())
      for _ in 0..<40 {
        do {
          guard case .loglikelihood(let number, _) = try await backend.answer([Self.asked])[0] else {
            continue
          }
          #expect(abs(number - right.0) < 1e-9)
        } catch { #expect(error.kind != .cancelled) }
      }
    }
  }
}
