import Backends
import Exchange
import Foundation
import Synchronization
import Transport
import Values

/// Time that passes when somebody waits for it.
final class QuickTime: Sendable {
  private let state = Mutex((now: 1000.0, waits: [Double]()))

  var waits: [Double] { state.withLock { $0.waits } }

  var clock: ServerClock {
    ServerClock(
      now: { [self] in state.withLock { $0.now } },
      sleep: { [self] seconds in
        state.withLock {
          $0.now += seconds
          $0.waits.append(seconds)
        }
        try await Task.sleep(for: .milliseconds(1))
      }, chance: { 0.5 })
  }
}

/// Everything that a run hears of a backend.
final class Heard: Sendable {
  struct State {
    var answers: [Int: [Answer]] = [:]
    var failures: [Int: [BackendError]] = [:]
    var notes: [Int: AnswerNote] = [:]
    var remarks: [Remark] = []
  }
  private let state = Mutex(State())
  var all: State { state.withLock { $0 } }

  var delivery: Delivery {
    Delivery(
      answer: { index, answer in self.state.withLock { $0.answers[index, default: []].append(answer) } },
      failed: { index, error in self.state.withLock { $0.failures[index, default: []].append(error) } },
      noted: { index, note in self.state.withLock { $0.notes[index] = note } },
      remark: { remark in self.state.withLock { $0.remarks.append(remark) } })
  }
}

extension Manner {
  static let key = "sk-planted-0123456789"

  func backend(
    _ server: LoopbackServer, _ more: OrderedMap = [:], time: QuickTime? = nil, clock: ServerClock? = nil,
    secret: String = Manner.key
  ) throws -> any Backend {
    var arguments: OrderedMap = ["model": "m", "base_url": .string(server.url), "timeout": 20]
    if isScoring { arguments["tokenizer"] = .string(SpokenModel.folder) }
    for (key, value) in more { arguments[key] = value }
    return try BackendRegistry.builtin.make(
      rawValue, arguments,
      BackendContext(
        variable: { $0.hasSuffix("_API_KEY") ? secret : nil }, clock: clock ?? time?.clock ?? .real))
  }
}
