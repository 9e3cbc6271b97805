import Synchronization

/// How many requests are under way: more while the server keeps up, fewer when it says that it cannot.
final class Pace: Sendable {
  private struct State {
    var limit: Double
    /// Whether each answer still adds one, which doubles the limit with every round.
    var isStarting = true
    /// Answers since the last look at the rate, and when that was.
    var answers = 0
    var since: Double
    var best = 0.0
    var lastCut = -Double.infinity
  }

  private let ceiling: Double
  private let state: Mutex<State>

  init(ceiling: Int, now: Double) {
    self.ceiling = Double(ceiling)
    state = Mutex(State(limit: min(Double(ceiling), 4), since: now))
  }

  var limit: Int { state.withLock { Int($0.limit) } }

  /// An answer came.
  func answered(at now: Double) {
    state.withLock { state in
      state.answers += 1
      guard state.answers >= max(8, 2 * Int(state.limit)) else { return }
      let rate = Double(state.answers) / max(now - state.since, 1e-6)
      // Where more at once brings no more answers, the server only queues them.
      if rate > 1.05 * state.best {
        state.best = rate
        state.limit = min(ceiling, state.isStarting ? 2 * state.limit : state.limit + max(1, state.limit / 8))
      } else {
        state.isStarting = false
        // What was fast once may have been luck.
        state.best *= 0.97
      }
      state.answers = 0
      state.since = now
    }
  }

  /// The server refused, or did not answer in time; several at one moment are one sign.
  func pushedBack(at now: Double) {
    state.withLock { state in
      guard now - state.lastCut > 0.5 else { return }
      state.lastCut = now
      state.isStarting = false
      state.limit = max(1, (state.limit / 2).rounded(.down))
      state.best *= 0.5
      state.answers = 0
      state.since = now
    }
  }
}
