import Backends
import Exchange
import Foundation
import TestKit
import Testing
import Tokenizers
import Values

/// One kind of misbehaviour, and how often it strikes.
enum Fault: String, CaseIterable, Sendable {
  case none, tooMany, tooManyWithWait, broken, closes, halfJSON, cutOff, drips, errorInBody, overloaded,
    bigBody

  func behaviour(_ asked: Asked, _ right: Value) -> Behaviour {
    // Every third request, and the first ones all.
    guard self != .none, asked.number % 3 != 2 else { return .reply(right) }
    switch self {
    case .none: return .reply(right)
    case .tooMany: return .status(429, [:], #"{"error": {"message": "slow down"}}"#)
    case .tooManyWithWait: return .status(429, ["retry-after": "7"], "")
    case .broken: return .status(500, [:], "<html>oops</html>")
    case .overloaded: return .status(503, [:], #"{"detail": "busy"}"#)
    case .closes: return .close
    case .halfJSON: return .bytes(Array(right.json().utf8.dropLast(5)))
    case .cutOff: return .half(Array(right.json().utf8.prefix(20)))
    case .drips: return .drip(["error": "no"], 1)
    case .errorInBody: return .reply(["error": ["message": "engine is loading", "code": 503]])
    case .bigBody:
      let padding = [UInt8](repeating: UInt8(ascii: "x"), count: 10 << 20)
      return .bytes(
        Array(right.json().utf8.dropLast()) + Array(", \"padding\": \"".utf8) + padding + Array("\"}".utf8))
    }
  }
}

/// A dialect with a fault.
struct Case: Sendable, CustomTestStringConvertible {
  let manner: Manner
  let fault: Fault
  var testDescription: String { "\(manner.rawValue), \(fault.rawValue)" }

  /// Ten megabytes take their time in a debug build, and are read alike for all.
  static let all = Manner.allCases.flatMap { manner in
    Fault.allCases.filter { $0 != .bigBody || manner == .localCompletions }.map {
      Case(manner: manner, fault: $0)
    }
  }
}

@Suite(.serialized) struct `servers that misbehave` {
  static let model = try? SpokenModel()

  private func requests(_ manner: Manner) -> [Request] {
    var requests = (0..<6).map {
      Request(
        .generate(
          context: Prompt("question \($0)"),
          options: GenerationOptions(["until": ["\n"], "max_gen_toks": 40])))
    }
    if manner.isScoring {
      requests += [" blue", " green and wide", " the end"].map {
        Request(.loglikelihood(context: "The sky is", continuation: $0))
      }
      if manner != .gguf { requests.append(Request(.loglikelihoodRolling(text: "it was hot and there"))) }
    }
    return requests
  }

  @Test(arguments: Case.all)
  func `every request is answered once, as by a server without fault`(_ it: Case) async throws {
    let model = try #require(Self.model)
    let server = try await LoopbackServer { asked in
      do { return it.fault.behaviour(asked, try it.manner.reply(asked, model)) } catch { return .close }
    }
    let time = QuickTime()
    let backend = try it.manner.backend(server, ["max_retries": 20], time: time)
    let requests = requests(it.manner)
    let heard = Heard()
    try await backend.answer(requests, to: heard.delivery)
    let all = heard.all
    #expect(all.failures.isEmpty, "\(all.failures.values.first?.first?.description ?? "")")
    for (index, request) in requests.enumerated() {
      let answers = all.answers[index] ?? []
      #expect(answers.count == 1)
      guard let answer = answers.first else { continue }
      switch (request.ask, answer) {
      case (.generate, .text(let text)): #expect(text == " and so it was")
      case (.loglikelihood(let context, let continuation), .loglikelihood(let number, let isGreedy)):
        let (wanted, isBest) = try model.expected(context.text, continuation)
        #expect(abs(number - wanted) < 1e-9 && isGreedy == isBest)
      case (.loglikelihoodRolling(let text), .rolling(let number)):
        let ids = [Int(model.tokenizer.bosID ?? 0)] + (try model.ids(text))
        #expect(abs(number - model.sum(ids, from: 1).0) < 1e-9)
      default: Issue.record("an answer of another kind")
      }
    }
    if it.fault == .tooManyWithWait { #expect(time.waits.contains { $0 > 6.9 }) }
  }

  @Test(arguments: Manner.allCases)
  func `a request that keeps failing takes no other with it`(_ manner: Manner) async throws {
    let model = try #require(Self.model)
    let server = try await LoopbackServer { asked in
      if Value.map(asked.body).json().contains("question 3") { return .status(500, [:], "always") }
      do { return .reply(try manner.reply(asked, model)) } catch { return .close }
    }
    // Numbers instead of texts would hide which question it is.
    let backend = try manner.backend(
      server, ["max_retries": 2, "tokenized_requests": false], time: QuickTime())
    let heard = Heard()
    let requests = requests(manner)
    try await backend.answer(requests, to: heard.delivery)
    let all = heard.all
    #expect(Array(all.failures.keys) == [3] && all.failures[3]?.count == 1)
    #expect(all.answers.keys.sorted() == requests.indices.filter { $0 != 3 })
    #expect(all.failures[3]?.first?.message.contains("tried 3 times") == true)
  }

  @Test(arguments: Manner.allCases)
  func `a wrong key ends the run at once and is not repeated`(_ manner: Manner) async throws {
    let server = try await LoopbackServer { _ in
      .status(401, [:], #"{"error": {"message": "Incorrect API key provided: \#(Manner.key)"}}"#)
    }
    let backend = try manner.backend(server, time: QuickTime())
    do {
      _ = try await backend.answer(requests(manner))
      Issue.record("it went on")
    } catch {
      #expect(error.kind == .unusable && error.message.contains("does not accept the key"))
      #expect(!error.description.contains(Manner.key) && error.description.contains("[hidden]"))
    }
    #expect(server.asked.count <= 4)
    #expect(server.asked.allSatisfy { $0.headers.values.contains { $0.contains(Manner.key) } })
  }

  @Test func `a server that hangs is given up in time`() async throws {
    let server = try await LoopbackServer { _ in .hang }
    let backend = try Manner.localChat.backend(server, ["timeout": 0.3, "max_retries": 1], time: QuickTime())
    let start = ContinuousClock.now
    do {
      _ = try await backend.answer(requests(.localChat))
      Issue.record("it answered")
    } catch { #expect(error.kind == .unreachable && error.message.contains("no whole answer within")) }
    #expect(ContinuousClock.now - start < .seconds(8))
  }

  @Test func `nobody there is said, and not for every request`() async throws {
    let server = try await LoopbackServer { _ in .close }
    let port = server.port
    let backend = try BackendRegistry.builtin.make(
      "local-chat-completions", ["model": "m", "base_url": "http://127.0.0.1:1/v1", "max_retries": 1],
      BackendContext(clock: QuickTime().clock))
    do {
      _ = try await backend.answer(requests(.localChat))
      Issue.record("it answered")
    } catch {
      #expect(error.kind == .unreachable && error.message.contains("nobody listens"), "\(port) \(error)")
    }
  }

  @Test func `a redirect is said and not followed`() async throws {
    let server = try await LoopbackServer { _ in .status(307, ["location": "http://elsewhere/"], "") }
    let backend = try Manner.localChat.backend(server)
    do {
      _ = try await backend.answer(requests(.localChat))
      Issue.record("it answered")
    } catch { #expect(error.message.contains("sends elsewhere to http://elsewhere/")) }
  }

  @Test func `what hangs is left at once when the run is cancelled, long before its time is up`() async throws
  {
    let server = try await LoopbackServer { _ in .hang }
    let backend = try Manner.localChat.backend(server)
    let asked = requests(.localChat)
    let start = ContinuousClock.now
    let kind = await withTaskGroup(of: BackendError.Kind?.self) { group in
      group.addTask {
        do throws(BackendError) {
          _ = try await backend.answer(asked)
          return nil
        } catch { return error.kind }
      }
      try? await Task.sleep(for: .milliseconds(200))
      group.cancelAll()
      return await group.next() ?? nil
    }
    #expect(kind == .cancelled && ContinuousClock.now - start < .seconds(10))
  }

}
