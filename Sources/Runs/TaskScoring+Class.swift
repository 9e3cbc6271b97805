import Exchange
import Metrics
import TaskDSL
import Values

extension TaskScoring {
  /// What the task's own class makes of the answers.
  func resultOfClass() throws(ScoringFailure) -> TaskResult {
    guard let object = task.object else { return unscored }
    do throws(ForeignError) {
      let scores = try object.scores(
        task.documents.map { document in document.requests.map { repeats in repeats.map { answers[$0] } } })
      return try result(scores, object)
    } catch {
      throw failure(MetricError(error), at: nil)
    }
  }

  /// The answers as they came, where they are only written down.
  private var unscored: TaskResult {
    let samples = task.documents.indices.map { index in
      let given = responses(index)
      return Sample(
        document: index, filter: "none", responses: given,
        filtered: given.map { $0.asList?.first ?? .null }, metrics: [:])
    }
    return TaskResult(
      task: task, scores: [], samples: samples, sampleLength: task.documents.count, expanded: [])
  }

  private func responses(_ index: Int) -> [Value] {
    task.documents[index].requests.map { repeats in .list(repeats.map { answers[$0].value }) }
  }

  private func result(
    _ given: ForeignTask.Scores, _ object: ForeignTask
  ) throws(ForeignError) -> TaskResult {
    var samples: [Sample] = []
    var scores: [Score] = []
    var largest = 0
    for pipeline in given.pipelines {
      let own = pipeline.samples.filter { task.documents.indices.contains($0.number) }.map { sample in
        Sample(
          document: sample.number, filter: pipeline.name, responses: responses(sample.number),
          filtered: sample.filtered, metrics: sample.metrics)
      }
      samples += own
      var names: [Value] = []
      for name in own.flatMap(\.metrics.keys) where !names.contains(name) { names.append(name) }
      for name in names {
        let items = own.compactMap { $0.metrics[name] }
        scores.append(try score(name.text, items, pipeline.name, given, object))
        largest = max(largest, items.count)
      }
    }
    let directions = given.directions.map { name, direction in
      let use = MetricRegistry.unlisted(name.text)
      return MetricUse(
        name: name.text, metric: use.metric, aggregation: use.aggregation,
        isHigherBetter: Self.truth(direction))
    }
    return TaskResult(
      task: task, scores: scores, samples: samples, sampleLength: largest, expanded: directions)
  }

  private static func truth(_ value: Value) -> Bool? {
    if case .bool(let it) = value { it } else { nil }
  }

  private func score(
    _ name: String, _ items: [Value], _ pipeline: String, _ given: ForeignTask.Scores, _ object: ForeignTask
  ) throws(ForeignError) -> Score {
    let isHigherBetter = given.directions[name].flatMap(Self.truth)
    if let known = given.aggregations[name]?.asString, let aggregation = AggregationRegistry.builtin[known] {
      do throws(MetricError) {
        let aggregated = try Aggregated(
          items, by: aggregation, metricName: name, bootstrapIterations: bootstrapIterations)
        return Score(
          metric: name, filter: pipeline, value: aggregated.value,
          standardError: aggregated.standardError, isHigherBetter: isHigherBetter)
      } catch {
        throw ForeignError(.unusableResult, "\(name): \(error.message)", help: error.help)
      }
    }
    let own = try object.aggregated(name, pipeline)
    return Score(
      metric: name, filter: pipeline, value: own.value,
      standardError: bootstrapIterations > 0 ? own.standardError : nil, isHigherBetter: isHigherBetter)
  }
}
