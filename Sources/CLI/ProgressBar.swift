import Exchange
import Foundation
import Synchronization

/// How far the requests are, on standard error: a bar on a terminal, now and then a line elsewhere.
final class ProgressBar: Sendable {
  private struct State {
    var start = ContinuousClock.now
    var shown: ContinuousClock.Instant?
    var isOpen = false
    var requests: Requests
    var tokens: Tokens?
  }

  /// How many requests are answered.
  struct Requests: Sendable {
    var done = 0
    var total = 0
    /// What was there before; it says nothing about the rate.
    var known = 0
  }

  /// How fast a model gets on with its tokens, of late: reading prompts and writing texts differ in it.
  struct Tokens: Sendable {
    /// Rates of less time than this jump about.
    private static let span: Duration = .seconds(6)

    private(set) var work = Workload()
    /// Where the work stood between one and two spans ago, and between none and one.
    private var marks: (older: Mark, newer: Mark)

    private struct Mark {
      var time: ContinuousClock.Instant
      var done: Int
    }

    init(_ now: ContinuousClock.Instant) {
      let mark = Mark(time: now, done: 0)
      marks = (mark, mark)
    }

    mutating func advance(to work: Workload, at now: ContinuousClock.Instant) {
      self.work = work
      guard now - marks.newer.time >= Self.span else { return }
      marks = (marks.newer, Mark(time: now, done: work.done))
    }

    /// Tokens a second.
    func rate(at now: ContinuousClock.Instant) -> Double {
      let seconds = (now - marks.older.time) / .seconds(1)
      return seconds > 0 ? Double(work.done - marks.older.done) / seconds : 0
    }
  }

  private let state = Mutex(State(requests: Requests()))
  private let isTerminal: Bool

  init(isTerminal: Bool = Surroundings.isErrorTerminal) { self.isTerminal = isTerminal }

  func begin(of total: Int, known: Int) {
    state.withLock { $0 = State(requests: Requests(done: known, total: total, known: known)) }
  }

  func show(done: Int, of total: Int) {
    state.withLock { state in
      (state.requests.done, state.requests.total) = (done, total)
      show(&state, .now)
    }
  }

  func show(_ work: Workload) {
    state.withLock { state in
      let now = ContinuousClock.now
      var tokens = state.tokens ?? Tokens(state.start)
      tokens.advance(to: work, at: now)
      state.tokens = tokens
      show(&state, now)
    }
  }

  /// Ends the bar's line, so that what follows starts on its own.
  func end() {
    state.withLock { state in
      if state.isOpen { Surroundings.say("") }
      state.isOpen = false
    }
  }

  private func show(_ state: inout State, _ now: ContinuousClock.Instant) {
    let pause: Duration = isTerminal ? .milliseconds(100) : .seconds(15)
    let isDone = state.requests.done >= state.requests.total
    if let shown = state.shown ?? (isTerminal ? nil : state.start), now - shown < pause, !isDone { return }
    state.shown = now
    let seconds = (now - state.start) / .seconds(1)
    let line = Self.line(
      state.requests, seconds: seconds, tokens: state.tokens.map { ($0.work, $0.rate(at: now)) })
    if isTerminal {
      FileHandle.standardError.write(Data("\r\(line)\u{1B}[K".utf8))
      state.isOpen = true
    } else {
      Surroundings.say(line)
    }
  }

  /// - Parameter tokens: of backends that know them; the time that is left is then theirs.
  static func line(
    _ requests: Requests, seconds: Double, tokens: (work: Workload, rate: Double)? = nil
  ) -> String {
    let (done, total) = (requests.done, requests.total)
    let filled = Int((total > 0 ? Double(done) / Double(total) : 1) * 24)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    let answered = seconds > 0 ? Double(done - requests.known) / seconds : 0
    let (rate, missing) =
      tokens.map { ($0.rate, $0.work.expected - $0.work.done) } ?? (answered, total - done)
    let speed =
      tokens == nil
      ? String(format: "%.1f/s", rate)
      : String(format: rate < 100 ? "%.1f tokens/s" : "%.0f tokens/s", rate)
    let left = rate > 0 ? time(Double(missing) / rate) : "?"
    return "requests \(bar) \(done)/\(total)  \(speed)  \(time(seconds))<\(left)"
  }

  private static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    return whole >= 3600
      ? String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
      : String(format: "%02d:%02d", whole / 60, whole % 60)
  }
}
