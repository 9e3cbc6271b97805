import Foundation
import Synchronization

/// How far the requests are, on standard error: a bar on a terminal, now and then a line elsewhere.
final class ProgressBar: Sendable {
  private struct State {
    var start = ContinuousClock.now
    var shown: ContinuousClock.Instant?
    var isOpen = false
    /// What was there before; it says nothing about the rate.
    var known = 0
  }
  private let state = Mutex(State())
  private let isTerminal: Bool

  init(isTerminal: Bool = Surroundings.isErrorTerminal) { self.isTerminal = isTerminal }

  func begin(known: Int) { state.withLock { $0 = State(known: known) } }

  func show(done: Int, of total: Int) {
    state.withLock { state in
      let now = ContinuousClock.now
      let pause: Duration = isTerminal ? .milliseconds(100) : .seconds(15)
      if let shown = state.shown ?? (isTerminal ? nil : state.start), now - shown < pause, done < total {
        return
      }
      state.shown = now
      let seconds = (now - state.start) / .seconds(1)
      let line = Self.line(done: done, of: total, known: state.known, seconds: seconds)
      if isTerminal {
        FileHandle.standardError.write(Data("\r\(line)\u{1B}[K".utf8))
        state.isOpen = true
      } else {
        Surroundings.say(line)
      }
    }
  }

  /// Ends the bar's line, so that what follows starts on its own.
  func end() {
    state.withLock { state in
      if state.isOpen { Surroundings.say("") }
      state.isOpen = false
    }
  }

  static func line(done: Int, of total: Int, known: Int = 0, seconds: Double) -> String {
    let share = total > 0 ? Double(done) / Double(total) : 1
    let filled = Int(share * 24)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    let rate = seconds > 0 ? Double(done - known) / seconds : 0
    let left = rate > 0 ? time(Double(total - done) / rate) : "?"
    return "requests \(bar) \(done)/\(total)  \(String(format: "%.1f", rate))/s  \(time(seconds))<\(left)"
  }

  private static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    return whole >= 3600
      ? String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
      : String(format: "%02d:%02d", whole / 60, whole % 60)
  }
}
