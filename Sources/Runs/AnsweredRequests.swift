public import Exchange
import Metrics
public import TaskDSL
import Values

/// What is known of a plan's requests, ready to be scored.
public struct AnsweredRequests: Sendable {
  /// For each request its answer; nil for one that failed or was not asked.
  public let answers: [Answer?]
  public let notes: [Int: AnswerNote]
  /// Those that were asked in vain, in their order.
  public let failures: [FailedRequest]
  /// How many answers an earlier run has paid for.
  public let keptCount: Int

  public init(
    answers: [Answer?], notes: [Int: AnswerNote] = [:], failures: [FailedRequest] = [], keptCount: Int = 0
  ) {
    self.answers = answers
    self.notes = notes
    self.failures = failures
    self.keptCount = keptCount
  }

  /// How many requests have an answer.
  public var answerCount: Int { answers.count { $0 != nil } }
}

/// A request that was tried as often as is sensible.
public struct FailedRequest: Error, Sendable {
  /// Its number in the graph.
  public let request: Int
  public let error: BackendError

  public init(request: Int, error: BackendError) {
    self.request = request
    self.error = error
  }
}

/// How many requests may fail before a run is given up.
public struct FailureLimit: Sendable, Hashable {
  private enum Most: Sendable, Hashable {
    case usual
    case count(Int)
    case share(Double)
  }
  private let most: Most

  /// A tenth, but never fewer than ten: a server that is gone shows soon, and a few bad requests end nothing.
  public init() { most = .usual }

  /// Reads `5` or `2.5%`.
  public init?(_ text: String) {
    if text.hasSuffix("%") {
      guard let share = Double(text.dropLast()), (0...100).contains(share) else { return nil }
      most = .share(share / 100)
    } else {
      guard let count = Int(text), count >= 0 else { return nil }
      most = .count(count)
    }
  }

  /// The most that may fail.
  func most(of all: Int) -> Int {
    switch most {
    case .usual: max(10, all / 10)
    case .count(let count): count
    case .share(let share): Int((share * Double(all)).rounded(.down))
    }
  }
}

/// What stands beside a task's scores: how many documents they leave out, and which answers were odd.
public struct AnswerCounts: Sendable, Hashable {
  public var documents: Int
  /// Documents with a request that has no answer.
  public var missing = 0
  /// How many requests have each note.
  public var notes: [AnswerNote: Int] = [:]

  public var isRemarkable: Bool { missing > 0 || !notes.isEmpty }
}

extension AnsweredRequests {
  /// Scores every task over the documents that are answered; a task that cannot be scored takes none of the others with it.
  public func results(
    of plan: Plan, planHash: String, bootstrapIterations: Int, seconds: () -> Double,
    onEvent: (RunEvent) -> Void = { _ in }
  ) -> RunResults {
    var results: [TaskResult] = []
    var failures: [ScoringFailure] = []
    var counts: [String: AnswerCounts] = [:]
    // No document that is scored looks at these places.
    let answers = answers.map { $0 ?? .rolling(.nan) }
    for task in plan.tasks {
      onEvent(.scoring(task: task.name))
      let (answered, count) = answeredPart(of: task)
      counts[task.name] = count
      do throws(ScoringFailure) {
        try Self.check(task, count)
        let scoring = TaskScoring(task: answered, answers: answers, bootstrapIterations: bootstrapIterations)
        results.append(try task.isClass ? scoring.resultOfClass() : scoring.result())
      } catch {
        failures.append(error)
      }
    }
    let groups = plan.groups.map { GroupScoring(group: $0, tasks: results).result }
    return RunResults(
      tasks: results, failures: failures, groups: groups, roots: plan.roots, planHash: planHash,
      requestCount: plan.graph.requests.count, counts: counts, failedRequests: self.failures,
      seconds: seconds())
  }

  private func answeredPart(of task: PlannedTask) -> (task: PlannedTask, count: AnswerCounts) {
    let documents = task.documents.filter { document in
      document.requests.allSatisfy { repeats in repeats.allSatisfy { answers[$0] != nil } }
    }
    var count = AnswerCounts(documents: task.documents.count)
    count.missing = task.documents.count - documents.count
    if !notes.isEmpty {
      let requests = Set(documents.flatMap { $0.requests.flatMap(\.self) })
      for request in requests {
        if let note = notes[request] { count.notes[note, default: 0] += 1 }
      }
    }
    return (count.missing == 0 ? task : task.with(documents), count)
  }

  private static func check(_ task: PlannedTask, _ count: AnswerCounts) throws(ScoringFailure) {
    guard count.missing > 0, task.isClass || count.missing == count.documents else { return }
    let most = "\(count.missing) of \(count.documents) documents have no answer"
    throw ScoringFailure(
      task: task.name, document: nil,
      message: task.isClass ? "\(most), and a task of a Python class is only scored whole" : most,
      help: "the same command asks again for what is missing", note: nil, span: nil)
  }
}
