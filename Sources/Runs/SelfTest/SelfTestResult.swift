/// What became of a task's right answers when they were scored as if a model had given them.
public struct SelfTestResult: Sendable {
  public let task: String
  /// How many documents were tested.
  public internal(set) var documentCount = 0
  /// How many documents have no right answer to test.
  public internal(set) var withoutGold = 0
  /// Why nothing was tested; nil where something was.
  public internal(set) var leftOut: String?
  /// Metrics for which no best score is defined, or whose scale nobody knows.
  public internal(set) var unmeasured: [String] = []
  public internal(set) var pipelines: [PipelineResult] = []

  /// What became of them in one pipeline.
  public struct PipelineResult: Sendable {
    public let name: String
    /// How many documents do not score best, however their answer is phrased.
    public internal(set) var failureCount = 0
    /// The first of them.
    public internal(set) var failures: [Failure] = []
    /// How many score best only in the words in which examples have their answers.
    public internal(set) var countAsInExamples = 0
    /// How many score best only in words that the pipeline looks for.
    public internal(set) var countAsInPattern = 0
    /// The first such answer.
    public internal(set) var wording: Failure?
    /// How many score best, but not behind the delimiter that stands before answers in examples.
    public internal(set) var countLostBehindDelimiter = 0
    /// The first of those.
    public internal(set) var lostBehindDelimiter: Failure?

    /// Whether every right answer scores best in some wording.
    public var isSound: Bool { failureCount == 0 }
  }

  /// One document whose right answer does not score best.
  public struct Failure: Sendable {
    /// The row's place in its split.
    public let document: Int
    /// The answer as it was given.
    public let answer: String
    /// What is right, as the scoring reads it.
    public let gold: String
    /// The filters of the pipeline and what each made of the answer.
    public let steps: [(name: String, left: String)]
    /// Each metric's number, with what it is at best.
    public let scores: [(metric: String, value: String, best: String)]
    /// Why it could not be scored at all.
    public let error: String?
  }
}

extension SelfTestResult {
  /// Whether every right answer scores best in every pipeline.
  public var isSound: Bool { pipelines.allSatisfy(\.isSound) }
}
