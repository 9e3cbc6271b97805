import Exchange
import Filters
import Metrics
import TaskDSL
import Values

/// Filters and scores the answers of one task, document by document.
struct TaskScoring {
  let task: PlannedTask
  let answers: [Answer]
  let bootstrapIterations: Int

  func result() throws(RunError) -> TaskResult {
    var samples: [Sample] = []
    var scores: [Score] = []
    for pipeline in task.pipelines {
      let own = try filtered(pipeline)
      samples += own
      for use in metrics {
        let items = own.compactMap { $0.metrics[use.name] }
        if !items.isEmpty { scores.append(try score(use, items, pipeline.name)) }
      }
    }
    let counts = task.pipelines.flatMap { pipeline in
      task.metrics.map { use in samples.count { $0.filter == pipeline.name && $0.metrics[use.name] != nil } }
    }
    return TaskResult(task: task, scores: scores, samples: samples, sampleLength: counts.max() ?? 0)
  }

  /// The metrics in the order in which the harness reports them: the task's own for generation, else a fixed one.
  private var metrics: [MetricUse] {
    guard task.outputType != .generateUntil else { return task.metrics }
    func rank(_ use: MetricUse) -> Int { Self.order.firstIndex(of: use.name) ?? Self.order.count }
    let ranked = task.metrics.enumerated().sorted { a, b in
      (rank(a.element), a.offset) < (rank(b.element), b.offset)
    }
    return ranked.map(\.element)
  }

  private static let order = [
    "perplexity", "acc", "f1", "mcc", "acc_norm", "acc_bytes", "exact_match", "brier_score", "likelihood",
    "acc_mutual_info", "word_perplexity", "byte_perplexity", "bits_per_byte",
  ]

  private func filtered(_ pipeline: FilterPipeline) throws(RunError) -> [Sample] {
    var samples: [Sample] = []
    samples.reserveCapacity(task.documents.count)
    for (index, document) in task.documents.enumerated() {
      let responses = document.requests.map { repeats in Value.list(repeats.map { answers[$0].value }) }
      var filtered: [Value] = []
      var metrics = OrderedMap()
      do {
        let row = Value.map(document.row)
        for response in responses { filtered.append(try pipeline.apply(to: response, of: row)) }
        let outcome = try OutcomeMaker(task: task, document: document).outcome(of: filtered)
        for use in self.metrics { metrics[use.name] = try use.metric.score(outcome) }
      } catch {
        throw failure(error, document)
      }
      samples.append(
        Sample(
          document: index, filter: pipeline.name, responses: responses, filtered: filtered, metrics: metrics))
    }
    return samples
  }

  private func score(_ use: MetricUse, _ items: [Value], _ filter: String) throws(RunError) -> Score {
    do throws(MetricError) {
      let aggregated = try Aggregated(
        items, by: use.aggregation, metricName: use.name, bootstrapIterations: bootstrapIterations)
      return Score(
        metric: use.name, filter: filter, value: aggregated.value, standardError: aggregated.standardError,
        isHigherBetter: use.isHigherBetter)
    } catch {
      throw .scoring(task: task.name, document: 0, message: "\(use.name): \(error.message)")
    }
  }

  private func failure(_ error: any Error, _ document: PlannedDocument) -> RunError {
    let message =
      switch error {
      case let error as FilterError: error.message
      case let error as MetricError: error.message
      case let error as OutcomeTrouble: error.message
      default: "\(error)"
      }
    return .scoring(task: task.name, document: document.id, message: message)
  }
}

/// The filtered answers are not of the kind that the output type has.
struct OutcomeTrouble: Error {
  let message: String
}

/// Reads filtered answers as what the output type makes of them.
struct OutcomeMaker {
  let task: PlannedTask
  let document: PlannedDocument

  func outcome(of filtered: [Value]) throws(OutcomeTrouble) -> Outcome {
    switch task.outputType {
    case .loglikelihood:
      let (logProbability, isGreedy) = try pair(filtered[0])
      return .loglikelihood(logProbability: logProbability, isGreedy: isGreedy)
    case .loglikelihoodRolling:
      guard let logProbability = filtered[0].asDouble else { throw wrong(filtered[0], "a log-probability") }
      return .rolling(logProbability: logProbability, text: document.target.text)
    case .multipleChoice: return .choices(try choices(filtered))
    case .generateUntil: return .generation(try generation(filtered[0]))
    }
  }

  private func pair(_ value: Value) throws(OutcomeTrouble) -> (Double, Bool) {
    guard let parts = value.asList, parts.count == 2, let logProbability = parts[0].asDouble else {
      throw wrong(value, "one log-probability with its greedy mark")
    }
    return (logProbability, parts[1].isTruthy)
  }

  private func wrong(_ value: Value, _ expected: String) -> OutcomeTrouble {
    OutcomeTrouble(
      message:
        "the filters left \(value.repr.prefix(60)) where \(expected) is needed; end the pipeline with `take_first`"
    )
  }

  private func choices(_ filtered: [Value]) throws(OutcomeTrouble) -> ChoiceOutcome {
    var logProbabilities: [Double] = []
    var greedy: [Bool] = []
    for value in filtered {
      let (logProbability, isGreedy) = try pair(value)
      logProbabilities.append(logProbability)
      greedy.append(isGreedy)
    }
    let choices = document.choices ?? []
    // Behind the choices in their context stand those without, where a metric asked for them.
    var unconditional: [Double]?
    if logProbabilities.count == 2 * choices.count, !choices.isEmpty {
      unconditional = Array(logProbabilities.suffix(choices.count))
      logProbabilities.removeLast(choices.count)
      greedy.removeLast(choices.count)
    }
    let gold = task.hasManyInputs ? document.question : document.target
    return ChoiceOutcome(
      logProbabilities: logProbabilities, isGreedy: greedy, unconditional: unconditional, choices: choices,
      gold: Gold(gold, among: choices))
  }

  private func generation(_ result: Value) throws(OutcomeTrouble) -> GenerationOutcome {
    var gold = document.target
    if let choices = document.choices, let index = gold.asInt {
      let place = index < 0 ? index + choices.count : index
      gold = choices.indices.contains(place) ? .string(choices[place]) : gold
    } else if task.hasManyTargets, let golds = gold.asList {
      return GenerationOutcome(result: result, golds: golds, hasManyTargets: true)
    } else {
      gold = try cast(gold, to: result)
    }
    return GenerationOutcome(result: result, golds: [gold], hasManyTargets: false)
  }

  /// A gold is compared as what the filters made of the answer: a number as the text that it prints, a text as
  /// the number that it reads.
  private func cast(_ gold: Value, to result: Value) throws(OutcomeTrouble) -> Value {
    switch result {
    case .string: return .string(gold.text)
    case .bool: return .bool(gold.isTruthy)
    case .int:
      if case .double(let number) = gold {
        return Int(exactly: number.rounded(.towardZero)).map { .int($0) } ?? gold
      }
      if let number = gold.asInt ?? Int(gold.text.pythonStripped) { return .int(number) }
    case .double:
      if let number = gold.asDouble ?? Double(gold.text.pythonStripped) { return .double(number) }
    case .null, .list, .tuple, .map, .object: return gold
    }
    throw OutcomeTrouble(
      message: "the filters left the number \(result.repr), but the right answer is \(gold.repr.prefix(60))")
  }
}
