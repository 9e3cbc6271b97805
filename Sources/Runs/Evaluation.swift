public import Exchange
import Filters
import Metrics
import Synchronization
public import TaskDSL
import Values

/// A plan brought together with a backend.
public struct Evaluation: Sendable {
  public let plan: Plan
  public let backend: any Backend
  /// How many resamples stand behind a bootstrapped standard error; 0 for no errors at all.
  public var bootstrapIterations: Int
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
    try checkAbilities()
    let answers = try await ask()
    let (tasks, failures) = scored(answers)
    let groups = plan.groups.map { GroupScoring(group: $0, tasks: tasks).result }
    let seconds = (clock.now - start) / .seconds(1)
    return RunResults(
      tasks: tasks, failures: failures, groups: groups, roots: plan.roots, planHash: plan.graph.contentHash,
      requestCount: plan.graph.requests.count, seconds: seconds)
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

  private func ask() async throws(RunError) -> [Answer] {
    let requests = plan.graph.requests
    onEvent(.asking(count: requests.count))
    let tally = Tally(count: requests.count)
    let onEvent = onEvent
    let delivery = Delivery(
      answer: { index, answer in
        if let done = tally.put(answer, at: index) { onEvent(.answered(done: done, of: requests.count)) }
      },
      remark: { remark in onEvent(.remark(remark, count: tally.count(remark))) })
    do throws(BackendError) {
      try await backend.answer(requests, to: delivery)
    } catch {
      throw .backend(error)
    }
    let answers = tally.answers
    guard answers.count == requests.count else {
      let missing = requests.count - answers.count
      throw .backend(BackendError(.broken, "\(missing) of \(requests.count) requests were not answered"))
    }
    return answers
  }

  /// A task that cannot be scored takes none of the others with it.
  private func scored(_ answers: [Answer]) -> (tasks: [TaskResult], failures: [ScoringFailure]) {
    var results: [TaskResult] = []
    var failures: [ScoringFailure] = []
    for task in plan.tasks {
      onEvent(.scoring(task: task.name))
      do throws(ScoringFailure) {
        let scoring = TaskScoring(task: task, answers: answers, bootstrapIterations: bootstrapIterations)
        results.append(try task.isClass ? scoring.resultOfClass() : scoring.result())
      } catch {
        failures.append(error)
      }
    }
    return (results, failures)
  }
}

/// Why a run came to no result.
public enum RunError: Error, Sendable {
  case backend(BackendError)

  public var message: String {
    switch self {
    case .backend(let error): error.message
    }
  }

  public var help: String? {
    switch self {
    case .backend(let error): error.help
    }
  }
}

/// Answers as they come, counted, from whichever thread.
private final class Tally: Sendable {
  private struct State {
    var slots: [Answer?]
    var done = 0
    var remarks: [String: Int] = [:]
  }
  private let state: Mutex<State>

  init(count: Int) { state = Mutex(State(slots: Array(repeating: nil, count: count))) }

  /// How many are there now; nil for an answer that was there already.
  func put(_ answer: Answer, at index: Int) -> Int? {
    state.withLock { state in
      let isNew = state.slots[index] == nil
      state.slots[index] = answer
      guard isNew else { return nil }
      state.done += 1
      return state.done
    }
  }

  func count(_ remark: Remark) -> Int {
    state.withLock { state in
      state.remarks[remark.kind, default: 0] += 1
      return state.remarks[remark.kind] ?? 0
    }
  }

  var answers: [Answer] { state.withLock { $0.slots.compactMap(\.self) } }
}
