import Diagnostics
public import Exchange
public import Values

/// What a run changes about its tasks.
public struct CompileOptions: Sendable {
  /// How many documents of each task are taken: a number, or below 1 a share.
  public var limit: Double?
  /// Which rows of a task are taken, by their numbers; tasks without an entry are taken as the limit says.
  public var samples: [String: [Int]] = [:]
  /// Replaces each task's number of examples, except where that is 0.
  public var shots: Int?
  /// Laid over the generation settings of every generating task.
  public var generation: OrderedMap
  /// Stands before everything.
  public var systemInstruction: String?
  /// Seeds the choice of examples.
  public var fewshotSeed: Int
  /// Laid over each task's metadata.
  public var metadata: OrderedMap
  /// The model's format for conversations; nil for plain text.
  public var chat: (any ChatFormat)?
  /// Whether examples are turns of a conversation, or all in one question.
  public var isMultiturn = true
  /// Whether documents keep the messages that their prompts were made from.
  public var isKeepingConversations = false
  /// Whether answers are only written down, so that no metric is worked out.
  public var isPredictOnly = false
  /// Whether tasks that execute what a model writes may be planned.
  public var allowsUnsafeCode = true
  /// Whether what the harness does not read is a mistake.
  public var areExtensionsErrors = false

  public init(
    limit: Double? = nil, samples: [String: [Int]] = [:], shots: Int? = nil, generation: OrderedMap = [:],
    systemInstruction: String? = nil,
    fewshotSeed: Int = 1234, metadata: OrderedMap = [:], chat: (any ChatFormat)? = nil,
    isMultiturn: Bool = true
  ) {
    self.limit = limit
    self.samples = samples
    self.shots = shots
    self.generation = generation
    self.systemInstruction = systemInstruction
    self.fewshotSeed = fewshotSeed
    self.metadata = metadata
    self.chat = chat
    self.isMultiturn = isMultiturn
  }

  /// Which of `count` rows a task evaluates: those named for it, or the first as far as the limit goes.
  ///
  /// - Parameter holder: what has the rows, for messages.
  func places(
    of task: String, among count: Int, holder: String, at span: SourceSpan, _ findings: inout Findings
  ) -> [Int] {
    if let wanted = samples[task], !wanted.isEmpty {
      if let wrong = wanted.first(where: { !(0..<count).contains($0) }) {
        findings.add(
          .error(
            "sample-out-of-range",
            "\(holder) has \(count) rows, so none is numbered \(wrong)",
            at: span, help: "rows are counted from 0; mend --samples"))
        return []
      }
      return Set(wanted).sorted()
    }
    let taken = limit.map { min(count, $0 < 1 ? Int((Double(count) * $0).rounded(.up)) : Int($0)) } ?? count
    if taken < 1 {
      findings.add(
        .error(
          "no-documents",
          count == 0 ? "\(holder) is empty" : "the limit \(limit ?? 0) leaves no documents",
          at: span, help: count == 0 ? nil : "give a limit of 1 or more, or a share between 0 and 1"))
    }
    return Array(0..<max(0, taken))
  }
}
