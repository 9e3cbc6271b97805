public import Diagnostics
public import Metrics
public import TaskDSL
public import Values

/// What came of a run.
public struct RunResults: Sendable {
  /// In the order of the plan.
  public let tasks: [TaskResult]
  /// The tasks that were answered and could not be scored.
  public let failures: [ScoringFailure]
  public let groups: [GroupResult]
  /// The names at the top, in the order in which they were asked for.
  public let roots: [String]
  /// SHA-256 over all requests, which names what was asked.
  public let planHash: String
  public let requestCount: Int
  /// By the tasks' names, what their scores leave out and which answers were odd.
  public let counts: [String: AnswerCounts]
  public let failedRequests: [FailedRequest]
  public let seconds: Double

  /// Whether every document stands behind the scores.
  public var isComplete: Bool { counts.values.allSatisfy { $0.missing == 0 } }
}

/// One number: a metric over what a pipeline left of the answers.
public struct Score: Sendable {
  public let metric: String
  public let filter: String
  /// A number; from a function of a task's author also a mapping of numbers.
  public let value: Value
  /// Nil where none can be given.
  public let standardError: Double?
  public let isHigherBetter: Bool?

  public init(metric: String, filter: String, value: Value, standardError: Double?, isHigherBetter: Bool?) {
    self.metric = metric
    self.filter = filter
    self.value = value
    self.standardError = standardError
    self.isHigherBetter = isHigherBetter
  }

  /// The value where it is one number.
  public var number: Double? { value.asDouble }

  /// Whether nothing is left to be wished for: one, or none where lower is better.
  public var isFull: Bool { number.map { isHigherBetter ?? true ? $0 >= 1 : $0 <= 0 } ?? false }

  /// The key of the number in a results file.
  public var key: String { "\(metric),\(filter)" }
}

/// A task's numbers and the samples they come from.
public struct TaskResult: Sendable {
  public let task: PlannedTask
  public let scores: [Score]
  /// One for each pipeline and document, pipeline by pipeline.
  public let samples: [Sample]
  /// The largest number of documents that a metric was scored on.
  public let sampleLength: Int
  /// Numbers that came with a metric that gives several, as metrics of their own.
  public let expanded: [MetricUse]
}

/// What one pipeline made of one document's answers.
public struct Sample: Sendable {
  /// The document's place in its task's documents.
  public let document: Int
  public let filter: String
  /// For each request its answers, one for each repeat.
  public let responses: [Value]
  /// For each request what the pipeline left.
  public let filtered: [Value]
  /// The document's value of each metric.
  public internal(set) var metrics: OrderedMap
  /// For a number that is one of several of a metric, that metric.
  var origins: [String: MetricUse] = [:]
}

/// Why a task has answers and no numbers.
public struct ScoringFailure: Error, Sendable {
  public let task: String
  /// The row's place in its split; nil where it was none in particular.
  public let document: Int?
  public let message: String
  public let help: String?
  /// A traceback.
  public let note: String?
  /// The place in the task's file, where there is one.
  public let span: SourceSpan?

  /// What happened and where, in one line.
  public var text: String {
    "task `\(task)`\(document.map { ", document \($0)" } ?? ""): \(message)"
  }
}

/// A group's numbers.
public struct GroupResult: Sendable {
  public let group: PlannedGroup
  public let scores: [GroupScore]
  /// Documents over all leaves.
  public let sampleLength: Int
}

/// One number of a group and how many documents stand behind it.
public struct GroupScore: Sendable {
  public let score: Score
  public let sampleCount: Int
}
