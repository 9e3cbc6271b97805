import Backends
import Exchange
import Foundation
import Synchronization
import TestKit
import Testing
import Transport
import Values

/// Time that passes fifty times as fast.
private enum FastTime {
  static let start = ContinuousClock.now
  static var now: Double { (ContinuousClock.now - start) / .seconds(1) * 50 }
  static let clock = ServerClock(
    now: { now }, sleep: { try await Task.sleep(for: .seconds($0 / 50)) }, chance: { 0.5 })
}

/// A server without a network, which counts what is under way.
private final class Counter: Sendable {
  struct State {
    var calls = 0
    var bytes = 0
    var mostCalls = 0
    var mostBytes = 0
    var all = 0
    var refused = 0
  }
  private let state = Mutex(State())
  var it: State { state.withLock { $0 } }

  /// - Parameter most: what is more at once is refused.
  func transport(most: Int = .max) -> ScriptedTransport {
    ScriptedTransport { call throws(TransportError) in
      let isRefused = self.state.withLock { state in
        state.all += 1
        if state.calls >= most {
          state.refused += 1
          return true
        }
        state.calls += 1
        state.bytes += call.body.count
        state.mostCalls = max(state.mostCalls, state.calls)
        state.mostBytes = max(state.mostBytes, state.bytes)
        return false
      }
      if isRefused { return Reply(status: 429, body: Array("busy".utf8)) }
      try? await Task.sleep(for: .milliseconds(2))
      self.state.withLock { state in
        state.calls -= 1
        state.bytes -= call.body.count
      }
      return Reply(status: 200, body: Array(#"{"choices": [{"message": {"content": "x"}}]}"#.utf8))
    }
  }
}

@Suite(.serialized) struct `how many requests are under way` {
  private func requests(_ count: Int, length: Int = 10) -> [Request] {
    (0..<count).map {
      Request(
        .generate(
          context: Prompt("q \($0) " + String(repeating: "x", count: length)), options: GenerationOptions([:])
        ))
    }
  }

  private func backend(_ transport: any Transport, _ ceiling: Int) throws -> any Backend {
    try BackendRegistry.builtin.make(
      "local-chat-completions",
      ["model": "m", "base_url": "http://server", "num_concurrent": .int(ceiling), "max_retries": 50],
      BackendContext(transport: transport, clock: FastTime.clock))
  }

  @Test(arguments: [1, 3, 12])
  func `no more than the ceiling, in calls and in bytes, however many there are`(_ ceiling: Int) async throws
  {
    let counter = Counter()
    let many = requests(600, length: 20_000)
    #expect(try await backend(counter.transport(), ceiling).answer(many).count == 600)
    let it = counter.it
    #expect(it.mostCalls <= ceiling && it.all == 600)
    #expect(it.mostBytes < ceiling * 21_000, "\(it.mostBytes) bytes at once")
    // A ceiling that is never reached would hold as well.
    #expect(it.mostCalls >= min(ceiling, 4))
  }

  @Test func `a real server has as many to do at once, and never more`() async throws {
    let server = try await LoopbackServer { _ in
      .later(["choices": [["message": ["content": "x"]]]], 3)
    }
    let backend = try Manner.localChat.backend(server, ["num_concurrent": 9])
    #expect(try await backend.answer(requests(400)).count == 400)
    #expect(server.asked.count == 400)
    #expect((5...9).contains(server.most), "\(server.most)")
  }

  @Test func `fewer where the server refuses more, and everything is answered`() async throws {
    let counter = Counter()
    #expect(try await backend(counter.transport(most: 5), 64).answer(requests(800)).count == 800)
    let it = counter.it
    #expect(it.refused > 0, "the ceiling is above what the server bears")
    // Who kept at the ceiling would be refused at nearly every try.
    #expect(it.refused < 400, "\(it.refused) of \(it.all) refused")
  }

  @Test func `a server that says when is left alone until then`() async throws {
    let times = Mutex<[Double]>([])
    let transport = ScriptedTransport { _ throws(TransportError) in
      let count = times.withLock { times in
        times.append(FastTime.now)
        return times.count
      }
      return count == 3
        ? Reply(status: 503, headers: [Header("Retry-After", "20")])
        : Reply(status: 200, body: Array(#"{"choices": [{"message": {"content": "x"}}]}"#.utf8))
    }
    #expect(try await backend(transport, 1).answer(requests(6)).count == 6)
    let all = times.withLock { $0 }
    #expect(all.count == 7)
    #expect(all[3] - all[2] >= 19.9, "\(all)")
  }
}

@Suite(.serialized) struct `several servers` {
  private let answer: @Sendable (Asked) -> Behaviour = { asked in
    guard let model = try? SpokenModel(), let reply = try? Manner.localCompletions.reply(asked, model) else {
      return .close
    }
    return .reply(reply)
  }

  private func pairs(_ count: Int) -> [Request] {
    (0..<count).flatMap { n in
      [" a", " b"].map {
        Request(.loglikelihood(context: Prompt("question number \(n) is"), continuation: $0))
      }
    }
  }

  private func backend(_ servers: [LoopbackServer], _ more: OrderedMap = [:], _ clock: ServerClock? = nil)
    throws -> any Backend
  {
    var settings: OrderedMap = [
      "base_url": .list(servers.map { .string($0.url) }), "tokenized_requests": false,
    ]
    for (key, value) in more { settings[key] = value }
    return try Manner.localCompletions.backend(servers[0], settings, clock: clock ?? QuickTime().clock)
  }

  @Test func `equal prompts go to the same one`() async throws {
    let servers = [try await LoopbackServer(answer), try await LoopbackServer(answer)]
    #expect(try await backend(servers).answer(pairs(12)).count == 24)
    let prompts = servers.map { server in
      Set(server.asked.compactMap { $0.body["prompt"]?.asString?.dropLast(2).description })
    }
    #expect(!prompts[0].isEmpty && !prompts[1].isEmpty)
    #expect(prompts[0].intersection(prompts[1]).isEmpty)
  }

  @Test(arguments: [0, 1])
  func `one that is down costs no answer, and is not tried for every request`(_ down: Int) async throws {
    let broken = try await LoopbackServer { _ in .close }
    let sound = try await LoopbackServer(answer)
    let servers = down == 0 ? [broken, sound] : [sound, broken]
    let heard = Heard()
    let requests = pairs(100)
    try await backend(servers, ["max_retries": 4]).answer(requests, to: heard.delivery)
    #expect(heard.all.failures.isEmpty && heard.all.answers.count == 200)
    #expect(heard.all.answers.values.allSatisfy { $0.count == 1 })
    #expect((1...40).contains(broken.asked.count), "\(broken.asked.count) times")
  }

  @Test func `one that comes back gets its share again`() async throws {
    let count = Mutex(0)
    let model = try SpokenModel()
    let lame = try await LoopbackServer { asked in
      let isBack = count.withLock { count in
        count += 1
        return count > 3
      }
      return isBack ? (try? .reply(Manner.localCompletions.reply(asked, model))) ?? .close : .close
    }
    let sound = try await LoopbackServer(answer)
    let backend = try backend([lame, sound], ["max_retries": 4, "num_concurrent": 2], FastTime.clock)
    for _ in 0..<3 { #expect(try await backend.answer(pairs(60)).count == 120) }
    #expect(lame.asked.count > 10, "\(lame.asked.count) times")
  }

  @Test func `all down is said, with the last one's reason`() async throws {
    let servers = [try await LoopbackServer { _ in .close }, try await LoopbackServer { _ in .close }]
    do {
      _ = try await backend(servers, ["max_retries": 3]).answer(pairs(3))
      Issue.record("it answered")
    } catch let error as BackendError {
      #expect(error.kind == .unreachable && error.message.contains("tried 4 times"), "\(error)")
    }
    #expect(servers.allSatisfy { !$0.asked.isEmpty })
  }
}
