public import Values

/// A task that is an object of a Python class, alive in the process that made it.
public struct ForeignTask: Sendable {
  public let reference: FunctionReference
  /// How many documents it evaluates when there is no limit.
  public let count: Int
  /// Whether scoring it executes what a model writes.
  public let isUnsafe: Bool
  /// Whether it shows images or plays sounds.
  public let hasMedia: Bool
  private let object: Value
  private let host: any ForeignFunctions

  /// What an object is made of, and what a run lays over it.
  public struct Settings: Sendable {
    /// The whole mapping of the task's file.
    public var config: OrderedMap
    /// The functions that it names, by the keys and places that lead to them.
    public var functions: [(path: [Value], reference: FunctionReference)]
    /// Laid over its generation settings.
    public var generation: OrderedMap
    /// Replaces its number of examples, except where that is 0.
    public var shots: Int?
    /// Seeds the choice of examples.
    public var seed: Int

    public init(
      config: OrderedMap, functions: [(path: [Value], reference: FunctionReference)],
      generation: OrderedMap, shots: Int?, seed: Int
    ) {
      self.config = config
      self.functions = functions
      self.generation = generation
      self.shots = shots
      self.seed = seed
    }
  }

  init(
    _ reference: FunctionReference, _ settings: Settings, in host: any ForeignFunctions
  ) throws(ForeignError) {
    let functions = settings.functions.map { path, reference -> Value in
      ["path": .list(path), "function": .map(reference.parameters)]
    }
    let facts = try host.call(
      .makeTask,
      [
        "function": .map(reference.parameters), "config": .map(settings.config),
        "functions": .list(functions),
        "generation": .map(settings.generation), "shots": settings.shots.map { .int($0) } ?? .null,
        "seed": .int(settings.seed),
      ]
    ).asMap
    guard let object = facts?["task"], let count = facts?["count"]?.asInt else {
      throw ForeignError(.unusableResult, "`\(reference.name)` made no task")
    }
    self.reference = reference
    self.host = host
    self.object = object
    self.count = count
    isUnsafe = facts?["unsafe"]?.isTruthy ?? false
    hasMedia = facts?["media"]?.isTruthy ?? false
  }

  /// Carries out one method with the object.
  func call(
    _ method: ForeignMethod, _ parameters: OrderedMap, callback: ForeignCallback? = nil
  ) throws(ForeignError) -> OrderedMap {
    var all: OrderedMap = ["function": .map(reference.parameters), "task": object]
    all.update(with: parameters)
    guard let answer = try host.call(method, all, callback: callback).asMap else { throw unusable }
    return answer
  }

  var unusable: ForeignError {
    ForeignError(.unusableResult, "`\(reference.name)` gave an answer that cannot be read")
  }
}

extension ForeignFunction {
  /// The object that the class makes of a task's file.
  public func made(_ settings: ForeignTask.Settings) throws(ForeignError) -> ForeignTask {
    try ForeignTask(reference, settings, in: host)
  }
}
