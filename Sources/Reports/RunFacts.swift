public import Values

/// What the results say about how they came about.
public struct RunFacts: Sendable {
  public var model: String
  public var modelArguments: OrderedMap
  /// As it was given; nil for the harness's own, which is 1.
  public var batchSize: String?
  public var device: String?
  public var limit: Double?
  public var bootstrapIterations: Int
  public var generation: OrderedMap
  public var shots: Int?
  /// Python's, NumPy's, PyTorch's and the examples' seed, of which only the last changes anything here.
  public var seeds: [Int?]
  public var systemInstruction: String?
  /// The template of the chat format that was used; nil for plain text.
  public var chatTemplate: String?
  /// Nil where nothing was said of it and no chat format is used.
  public var isMultiturn: Bool?
  /// Seconds since 1970 when the run began.
  public var startedAt: Double
  /// What the backend says of itself.
  public var backendFacts: OrderedMap
  public var version: String
  public var gitHash: String?
  /// The machine and its software, a fact a line.
  public var environment: String?

  public init(
    model: String, modelArguments: OrderedMap, batchSize: String? = nil, device: String? = nil,
    limit: Double? = nil,
    bootstrapIterations: Int, generation: OrderedMap = [:], shots: Int? = nil,
    seeds: [Int?] = [0, 1234, 1234, 1234],
    systemInstruction: String? = nil, chatTemplate: String? = nil, isMultiturn: Bool? = nil,
    startedAt: Double, backendFacts: OrderedMap = [:], version: String,
    gitHash: String? = nil, environment: String? = nil
  ) {
    self.model = model
    self.modelArguments = modelArguments
    self.batchSize = batchSize
    self.device = device
    self.limit = limit
    self.bootstrapIterations = bootstrapIterations
    self.generation = generation
    self.shots = shots
    self.seeds = seeds
    self.systemInstruction = systemInstruction
    self.chatTemplate = chatTemplate
    self.isMultiturn = isMultiturn
    self.startedAt = startedAt
    self.backendFacts = backendFacts
    self.version = version
    self.gitHash = gitHash
    self.environment = environment
  }

  /// The model's name as the results know it: the first of the arguments that name one.
  public var modelName: String {
    let keys = ["peft", "delta", "pretrained", "model", "path", "engine"]
    return keys.compactMap { modelArguments[$0]?.asString }.first ?? model
  }

  /// The name as a folder: what file systems refuse becomes two underscores.
  public var sanitizedModelName: String {
    var out = ""
    var isInRun = false
    for character in modelName {
      let isBad = "\"<>:/\\|?*[]".contains(character)
      if !isBad { out.append(character) } else if !isInRun { out += "__" }
      isInRun = isBad
    }
    return out
  }
}
