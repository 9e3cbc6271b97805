public import Exchange
public import Values

/// What a run changes about its tasks.
public struct CompileOptions: Sendable {
  /// How many documents of each task are taken: a number, or below 1 a share.
  public var limit: Double?
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

  public init(
    limit: Double? = nil, shots: Int? = nil, generation: OrderedMap = [:], systemInstruction: String? = nil,
    fewshotSeed: Int = 1234, metadata: OrderedMap = [:], chat: (any ChatFormat)? = nil,
    isMultiturn: Bool = true
  ) {
    self.limit = limit
    self.shots = shots
    self.generation = generation
    self.systemInstruction = systemInstruction
    self.fewshotSeed = fewshotSeed
    self.metadata = metadata
    self.chat = chat
    self.isMultiturn = isMultiturn
  }

  /// How many of `count` documents are taken.
  func documentCount(of count: Int) -> Int {
    guard let limit else { return count }
    return min(count, limit < 1 ? Int((Double(count) * limit).rounded(.up)) : Int(limit))
  }
}
