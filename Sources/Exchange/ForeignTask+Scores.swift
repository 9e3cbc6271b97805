public import Values

extension ForeignTask {
  /// What the class makes of the answers.
  public struct Scores: Sendable {
    public let pipelines: [Pipeline]
    /// For each metric the name of its aggregation, where that is one of those that all tasks have.
    public let aggregations: OrderedMap
    /// For each metric whether higher is better.
    public let directions: OrderedMap
  }

  /// What one pipeline of filters left, and its values.
  public struct Pipeline: Sendable {
    public let name: String
    public let samples: [Sample]
  }

  /// One document's values.
  public struct Sample: Sendable {
    /// The document's place among those that were taken.
    public let number: Int
    /// What the pipeline left of each request's answers.
    public let filtered: [Value]
    public let metrics: OrderedMap
  }

  /// Filters and scores answers.
  ///
  /// - Parameter answers: for each document and each of its requests the answers, one for each repeat.
  public func scores(_ answers: [[[Answer]]]) throws(ForeignError) -> Scores {
    let given = answers.map { requests -> Value in
      .list(requests.map { .list($0.map(\.value)) })
    }
    let answer = try call(.scoreTask, ["answers": .list(given)])
    return Scores(
      pipelines: (answer["pipelines"]?.asList ?? []).map { pipeline in
        Pipeline(
          name: pipeline.asMap?["name"]?.text ?? "",
          samples: (pipeline.asMap?["samples"]?.asList ?? []).map { Sample($0.asMap ?? [:]) })
      },
      aggregations: answer["aggregations"]?.asMap ?? [:], directions: answer["directions"]?.asMap ?? [:])
  }

  /// A metric over all documents, put together in the class's own way, and its error if there is one.
  public func aggregated(_ metric: String, _ pipeline: String) throws(ForeignError) -> (
    value: Value, standardError: Double?
  ) {
    let answer = try call(
      .aggregateTask, ["metric": .string(metric), "pipeline": .string(pipeline)])
    guard let value = answer["value"], value.isScore else {
      throw ForeignError(
        .unusableResult,
        "`\(reference.name)` puts `\(metric)` together to \((answer["value"] ?? .null).repr.prefix(60)), which is no number and no mapping of numbers"
      )
    }
    return (value, answer["error"]?.asDouble)
  }
}

extension Value {
  /// Whether it can stand among results: a number, or a mapping of numbers, say one for each length of prompt.
  package var isScore: Bool {
    if case .map(let numbers) = self { numbers.allSatisfy { $0.1.asDouble != nil } } else { asDouble != nil }
  }
}

extension ForeignTask.Sample {
  fileprivate init(_ map: OrderedMap) {
    self.init(
      number: map["number"]?.asInt ?? 0, filtered: map["filtered"]?.asList ?? [],
      metrics: map["metrics"]?.asMap ?? [:])
  }
}
