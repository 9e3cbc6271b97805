import Synchronization

/// Answers as they come in, from whichever thread.
final class Collected: Sendable {
  private struct State {
    var slots: [Answer?]
    var failure: (index: Int, error: BackendError)?
  }
  private let state: Mutex<State>

  init(count: Int) { state = Mutex(State(slots: Array(repeating: nil, count: count))) }

  func put(_ answer: Answer, at index: Int) { state.withLock { $0.slots[index] = answer } }

  func fail(_ error: BackendError, at index: Int) {
    state.withLock { state in
      if index < state.failure?.index ?? .max { state.failure = (index, error) }
    }
  }

  /// Why the first request without an answer has none.
  var firstFailure: BackendError? { state.withLock { $0.failure?.error } }

  /// Those that came, in the order of their requests.
  var all: [Answer] { state.withLock { $0.slots.compactMap(\.self) } }
}
