import Exchange
public import Values

/// What a journal says of itself in its first line.
public struct JournalHeader: Sendable {
  /// Everything beside the request that shapes an answer.
  public var identity: OrderedMap
  /// The hash of all requests of the run.
  public var plan: String
  /// How many requests the run has; those of all its parts together.
  public var requestCount: Int
  public var shard: Shard?
  /// Seconds since 1970 when the run began.
  public var startedAt: Double
  /// What it takes to plan and report the same run again: flags, the folder they were given in, facts about the model.
  public var command: OrderedMap

  public init(
    identity: OrderedMap, plan: String, requestCount: Int, shard: Shard? = nil, startedAt: Double,
    command: OrderedMap = OrderedMap()
  ) {
    self.identity = identity
    self.plan = plan
    self.requestCount = requestCount
    self.shard = shard
    self.startedAt = startedAt
    self.command = command
  }

  /// Names what shapes the answers.
  public var identityHash: String { sha256(Value.map(identity).json()) }

  /// Names the run: the same requests to the same model, in the same part.
  public var runName: String {
    let content: Value = [.string(identityHash), .string(plan), shard.map { .string("\($0)") } ?? .null]
    return String(sha256(content.json()).prefix(16))
  }

  static let format = 1

  var value: OrderedMap {
    [
      "assay_journal": .int(Self.format), "identity": .map(identity), "plan_hash": .string(plan),
      "requests": .int(requestCount), "shard": shard.map { .string("\($0)") } ?? .null,
      "started_at": .double(startedAt), "command": .map(command),
    ]
  }

  /// Reads the first line of a journal; nil where that is none.
  public init?(path: String) {
    guard let line = JournalFile.firstLine(of: path), let map = JournalLine.opened(line[...]) else {
      return nil
    }
    self.init(map)
  }

  init?(_ map: OrderedMap) {
    guard map["assay_journal"] == .int(Self.format), let identity = map["identity"]?.asMap,
      let plan = map["plan_hash"]?.asString, let count = map["requests"]?.asInt,
      let startedAt = map["started_at"]?.asDouble
    else { return nil }
    let shard = map["shard"]?.asString
    self.init(
      identity: identity, plan: plan, requestCount: count, shard: shard.flatMap(Shard.init(_:)),
      startedAt: startedAt, command: map["command"]?.asMap ?? OrderedMap())
    if shard != nil, self.shard == nil { return nil }
  }
}
