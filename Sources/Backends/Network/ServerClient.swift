import Exchange
import Foundation
import Synchronization
import Transport
import Values

/// Asks one or several servers alike: at a pace that suits them, again where that may help, each thing once.
struct ServerClient: Sendable {
  /// What is sent: an address behind the server's root, nothing for its endpoint, and a body.
  struct Message: Sendable {
    var path = ""
    var body: OrderedMap
  }

  /// Where a server is asked.
  struct Place: Sendable {
    let root: String
    let endpoint: String

    func url(_ path: String) -> String { path.isEmpty ? endpoint : root + path }
  }

  let transport: any Transport
  let servers: [Place]
  let headers: [Header]
  let maxRetries: Int
  let ceiling: Int
  let secrets: Secrets
  let clock: ServerClock
  private let pace: Pace
  private let state: State

  /// What calls tell each other.
  private final class State: Sendable {
    struct Moment {
      /// Until when each server wants to be left alone.
      var closed: [Double]
      /// Until when another server is asked, since this one failed, and how often it did in a row.
      var avoided: [(until: Double, failures: Int)]
      var isReached = false
    }
    let moment: Mutex<Moment>
    init(_ count: Int) {
      moment = Mutex(
        Moment(
          closed: Array(repeating: 0, count: count), avoided: Array(repeating: (0, 0), count: count)))
    }
  }

  init(
    _ transport: any Transport, _ servers: [Place], _ headers: [Header], _ settings: ServerSettings,
    _ secrets: Secrets, _ clock: ServerClock
  ) {
    self.transport = transport
    self.servers = servers
    self.headers = headers
    maxRetries = settings.maxRetries
    ceiling = settings.concurrent
    self.secrets = secrets
    self.clock = clock
    pace = Pace(ceiling: settings.concurrent, now: clock.now())
    state = State(servers.count)
  }

  /// Asks until there is an answer or no hope.
  ///
  /// - Parameter affinity: equal numbers go to the same server while it works, so that it need not read a prompt twice.
  func ask(_ message: Message, affinity: UInt64) async throws(CallFailure) -> Value {
    let body = Array(Value.map(message.body).json().utf8)
    return try await send(affinity) { server in
      Call(
        method: .post, url: servers[server].url(message.path),
        headers: headers + [Header("Content-Type", "application/json")], body: body)
    }
  }

  func get(_ path: String, affinity: UInt64) async throws(CallFailure) -> Value {
    try await send(affinity) { Call(method: .get, url: servers[$0].url(path), headers: headers) }
  }

  private func send(_ affinity: UInt64, _ call: @Sendable (Int) -> Call) async throws(CallFailure) -> Value {
    let own = Int(affinity % UInt64(servers.count))
    var last: Int?
    var attempt = 0
    while true {
      let server = chosen(own, afterFailureOf: last)
      try await waitUntilOpen(server)
      let call = call(server)
      let verdict: Verdict
      do throws(TransportError) {
        verdict = Verdict(try await transport.send(call), from: call.url)
      } catch { verdict = Verdict(error) }
      switch verdict {
      case .good(let value):
        state.moment.withLock {
          $0.isReached = true
          $0.avoided[server] = (0, 0)
        }
        pace.answered(at: clock.now())
        return value
      case .failed(let error):
        state.moment.withLock { $0.isReached = true }
        throw CallFailure(error: secrets.redacted(error))
      case .fatal(let error): throw CallFailure(error: secrets.redacted(error), isFatal: true)
      case .unknownPlace(let error):
        throw CallFailure(error: secrets.redacted(error), isFatal: true, isUnknownPlace: true)
      case .again(let error, let wait, let isPushingBack):
        if isPushingBack { pace.pushedBack(at: clock.now()) }
        attempt += 1
        guard attempt <= maxRetries else { throw giveUp(error, after: attempt) }
        if let wait {
          close(server, for: wait)
          last = nil
        } else {
          if !isPushingBack { avoid(server) }
          last = server
        }
        try await pause(wait == nil ? delay(attempt) : 0)
      }
    }
  }

  /// The server of its own for a request, or the next one that works.
  private func chosen(_ own: Int, afterFailureOf last: Int?) -> Int {
    let first = last.map { ($0 + 1) % servers.count } ?? own
    guard servers.count > 1 else { return first }
    let now = clock.now()
    return state.moment.withLock { moment in
      (0..<servers.count).map { (first + $0) % servers.count }.first { moment.avoided[$0].until <= now }
        ?? first
    }
  }

  /// Has others asked for a second, and each time twice as long up to half a minute.
  private func avoid(_ server: Int) {
    let now = clock.now()
    state.moment.withLock { moment in
      // What was under way when it broke down is one failure.
      guard moment.avoided[server].until <= now else { return }
      let failures = moment.avoided[server].failures
      moment.avoided[server] = (now + min(30, Double(1 << min(failures, 5))), failures + 1)
    }
  }

  private func giveUp(_ error: BackendError, after attempts: Int) -> CallFailure {
    let isReached = state.moment.withLock { $0.isReached }
    let times = attempts == 1 ? "" : " (tried \(attempts) times)"
    return CallFailure(
      error: secrets.redacted(BackendError(error.kind, error.message + times, help: error.help)),
      // Who never answered anything will not answer the rest.
      isFatal: !isReached && error.kind == .unreachable)
  }

  /// Half a second, doubled each time up to ten, of which a random half is waited, so that not all come back at once.
  private func delay(_ attempt: Int) -> Double {
    let whole = min(10, 0.5 * Double(1 << min(attempt, 10)))
    return whole * (0.5 + 0.5 * clock.chance())
  }

  private func close(_ server: Int, for seconds: Double) {
    let until = clock.now() + seconds
    state.moment.withLock { $0.closed[server] = max($0.closed[server], until) }
  }

  private func waitUntilOpen(_ server: Int) async throws(CallFailure) {
    while true {
      let rest = state.moment.withLock { $0.closed[server] } - clock.now()
      guard rest > 0 else { break }
      try await pause(rest)
    }
    if Task.isCancelled { throw CallFailure(error: .cancelled, isFatal: true) }
  }

  private func pause(_ seconds: Double) async throws(CallFailure) {
    guard seconds > 0 else { return }
    do { try await clock.sleep(seconds) } catch { throw CallFailure(error: .cancelled, isFatal: true) }
  }
}

extension ServerClient {
  /// Does pieces of work, as many at once as the servers bear; stops at the first that ends everything.
  func work(
    _ count: Int, _ perform: @escaping @Sendable (Int) async throws(CallFailure) -> Void
  ) async throws(CallFailure) {
    let failure = await withTaskGroup(of: CallFailure?.self) { group -> CallFailure? in
      var next = 0
      var running = 0
      var first: CallFailure?
      while running > 0 || (next < count && first == nil) {
        while first == nil, next < count, running < max(1, pace.limit) {
          let index = next
          group.addTask {
            do throws(CallFailure) { try await perform(index) } catch { return error }
            return nil
          }
          next += 1
          running += 1
        }
        guard let ended = await group.next() else { break }
        running -= 1
        if let ended, first == nil {
          first = ended
          group.cancelAll()
        }
      }
      return first
    }
    if Task.isCancelled { throw CallFailure(error: .cancelled, isFatal: true) }
    if let failure { throw failure }
  }
}

extension BackendError {
  static let cancelled = BackendError(.cancelled, "the run was cancelled")
}

/// Time and chance, handed in so that tests need not wait.
public struct ServerClock: Sendable {
  /// Seconds since some moment.
  let now: @Sendable () -> Double
  let sleep: @Sendable (Double) async throws -> Void
  /// A number from 0 up to 1.
  let chance: @Sendable () -> Double

  public init(
    now: @escaping @Sendable () -> Double, sleep: @escaping @Sendable (Double) async throws -> Void,
    chance: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.sleep = sleep
    self.chance = chance
  }

  public static let real = ServerClock(
    now: { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 },
    sleep: { try await Task.sleep(for: .seconds($0)) }, chance: { Double.random(in: 0..<1) })
}
