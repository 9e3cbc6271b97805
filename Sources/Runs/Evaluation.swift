public import Exchange
import Filters
import Metrics
public import TaskDSL
import Values

/// A plan brought together with a backend.
public struct Evaluation: Sendable {
  public let plan: Plan
  public let backend: any Backend
  /// How many resamples stand behind a bootstrapped standard error; 0 for no errors at all.
  public var bootstrapIterations: Int
  /// When so many requests have failed that the others are not worth asking.
  public var failureLimit = FailureLimit()
  /// Where answers are kept, and which are there already; nil keeps none.
  public var keeping: Keeping?
  /// The part of the requests to ask.
  public var shard: Shard?
  private let onEvent: @Sendable (RunEvent) -> Void

  public init(
    plan: Plan, backend: any Backend, bootstrapIterations: Int = 100_000,
    onEvent: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) {
    self.plan = plan
    self.backend = backend
    self.bootstrapIterations = bootstrapIterations
    self.onEvent = onEvent
  }

  /// Asks everything, then scores.
  public func run() async throws(RunError) -> RunResults {
    let clock = ContinuousClock()
    let start = clock.now
    let answered = try await ask()
    return answered.results(
      of: plan, planHash: RequestHashes(plan.graph).whole, bootstrapIterations: bootstrapIterations,
      seconds: { (clock.now - start) / .seconds(1) }, onEvent: onEvent)
  }

  /// Asks what is not yet answered, without scoring it.
  public func ask() async throws(RunError) -> AnsweredRequests {
    try checkAbilities()
    do throws(BackendError) { try await backend.prepare() } catch { throw .backend(error) }
    let requests = plan.graph.requests
    let wanted = requests.indices.filter { shard?.holds(requests[$0]) ?? true }
    let tally = Tally(
      count: requests.count, wanted: wanted.count, limit: failureLimit.most(of: wanted.count),
      keeping: keeping)
    if let keeping {
      for index in wanted {
        if let known = keeping.known(index) { tally.take(known, at: index) }
      }
    }
    let missing = wanted.filter { !tally.isThere($0) }
    onEvent(.asking(count: wanted.count, known: wanted.count - missing.count))
    if !missing.isEmpty { try await ask(missing, tally) }
    do throws(JournalError) { try keeping?.synchronize() } catch { throw .journal(error) }
    let answered = tally.answered
    let lost = wanted.count { answered.answers[$0] == nil } - answered.failures.count
    if lost > 0 {
      throw .backend(BackendError(.broken, "\(lost) of \(wanted.count) requests were not answered"))
    }
    return answered
  }

  private func ask(_ missing: [Int], _ tally: Tally) async throws(RunError) {
    let (onEvent, backend) = (onEvent, backend)
    let requests = missing.map { plan.graph.requests[$0] }
    let total = tally.wanted
    let outcome = await withTaskGroup(of: RunError?.self) { group in
      let (stops, stop) = AsyncStream.makeStream(of: RunError.self)
      let delivery = Delivery(
        answer: { index, answer in
          switch tally.put(answer, at: missing[index]) {
          case .counted(let done): onEvent(.answered(done: done, of: total))
          case .known: break
          case .stopped(let error): stop.yield(error)
          }
        },
        failed: { index, error in
          let request = FailedRequest(request: missing[index], error: error)
          switch tally.fail(request) {
          case .counted(let done): onEvent(.answered(done: done, of: total))
          case .known: break
          case .stopped(let error): stop.yield(error)
          }
        },
        noted: { tally.note($1, at: missing[$0]) },
        remark: { remark in onEvent(.remark(remark, count: tally.count(remark))) },
        advanced: { onEvent(.advanced($0)) })
      group.addTask {
        do throws(BackendError) {
          try await backend.answer(requests, to: delivery)
          return nil
        } catch { return error.kind == .cancelled ? .stopped : .backend(error) }
      }
      group.addTask {
        for await error in stops { return error }
        return Task.isCancelled ? .stopped : nil
      }
      // The first to end says how it went: the backend, or what makes it pointless to go on.
      let first = await group.next() ?? nil
      group.cancelAll()
      stop.finish()
      return first
    }
    try? keeping?.synchronize()
    if let error = tally.stop ?? outcome { throw error }
  }

  /// A task that asks for what the backend cannot do would score chance; it is refused instead.
  private func checkAbilities() throws(RunError) {
    for task in plan.tasks {
      if let key = task.mediaKeys.first, !backend.abilities.contains(.media) {
        throw .backend(
          BackendError(
            .unusable,
            "the task `\(task.name)` shows images or plays sounds (`\(key)`), and this backend reads text only",
            help: "leave the task out; `assay preview` and `assay compile` show its text"))
      }
      for type in types(of: task) where !backend.abilities.contains(.needed(for: type)) {
        throw .backend(
          BackendError(
            .unusable,
            "the task `\(task.name)` needs \(type.rawValue) requests, which this backend cannot answer",
            help: backend.advice(for: type) ?? "choose another model, or leave the task out"))
      }
    }
  }

  /// The kinds of its requests; a Python class may make several.
  private func types(of task: PlannedTask) -> [RequestType] {
    guard task.isClass else { return [task.outputType.requestType] }
    let types = Set(
      task.documents.flatMap(\.requests).compactMap(\.first).map { plan.graph.requests[$0].type })
    return RequestType.allCases.filter(types.contains)
  }
}

/// Why a run came to no result.
public enum RunError: Error, Sendable {
  case backend(BackendError)
  case journal(JournalError)
  case tooManyFailures(count: Int, of: Int, last: BackendError)
  /// Somebody wanted it to end.
  case stopped

  public var message: String {
    switch self {
    case .backend(let error): error.message
    case .journal(let error): "cannot keep the answers: \(error.message)"
    case .tooManyFailures(let count, let all, let last):
      "\(count) of \(all) requests failed, which is more than --max_failures allows; the last one: \(last.message)"
    case .stopped: "the run was stopped"
    }
  }

  public var help: String? {
    switch self {
    case .backend(let error): error.help
    case .journal:
      "make room, or give another place; the answers so far are kept, and the same command goes on"
    case .tooManyFailures(_, _, let last): last.help ?? "see to the server; the same command goes on"
    case .stopped: nil
    }
  }
}
