import Exchange
import Filters
import Metrics
import TaskDSL
import Values

/// Filters and scores the answers of one task.
struct TaskScoring {
  let task: PlannedTask
  let answers: [Answer]
  let bootstrapIterations: Int

  /// What one document's answers came to: metrics' names and their values.
  private typealias Numbers = OrderedMap

  func result() throws(ScoringFailure) -> TaskResult {
    var samples: [Sample] = []
    var scores: [Score] = []
    var largest = 0
    var expanded: [MetricUse] = []
    for pipeline in task.pipelines {
      let own = try filtered(pipeline)
      samples += own
      for use in uses(of: own) {
        let isNew = !(task.metrics + expanded).contains { $0.name == use.name }
        if isNew, own.contains(where: { $0.origins[use.name] != nil }) { expanded.append(use) }
        let items = own.compactMap { $0.metrics[use.name] }
        if !items.isEmpty { scores.append(try score(use, items, pipeline.name)) }
        largest = max(largest, items.count)
      }
    }
    return TaskResult(
      task: task, scores: scores, samples: samples,
      sampleLength: isUnscored ? task.documents.count : largest, expanded: expanded)
  }

  /// Whether answers are only written down; they need not be of a kind that could be scored then.
  private var isUnscored: Bool { task.metrics.isEmpty && task.results == nil }

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

  /// How each number that the documents have is put together, in the order in which the numbers first came.
  private func uses(of samples: [Sample]) -> [MetricUse] {
    var known: [String: MetricUse] = [:]
    var order: [String] = []
    for sample in samples {
      for name in sample.metrics.keys.map(\.text) where known[name] == nil {
        // A number that a function adds is put together as the metric that it came with, if there is one.
        known[name] =
          task.metrics.first { $0.name == name } ?? sample.origins[name].map { $0.renamed(name) }
          ?? MetricRegistry.unlisted(name)
        order.append(name)
      }
    }
    return order.compactMap { known[$0] }
  }

  // MARK: - Documents

  private func filtered(_ pipeline: FilterPipeline) throws(ScoringFailure) -> [Sample] {
    let documents = task.documents
    let responses = documents.map { document in
      document.requests.map { repeats in Value.list(repeats.map { answers[$0].value }) }
    }
    let owners = documents.indices.flatMap { index in responses[index].map { _ in index } }
    let left: [Value]
    do throws(StepError) {
      left = try pipeline.apply(toAll: responses.flatMap(\.self), of: owners.map { documents[$0].row })
    } catch {
      throw failure(error.cause, at: error.request.map { owners[$0] })
    }
    var filtered = documents.map { _ in [Value]() }
    for (owner, value) in zip(owners, left) { filtered[owner].append(value) }
    var samples = documents.indices.map { index in
      Sample(
        document: index, filter: pipeline.name, responses: responses[index], filtered: filtered[index],
        metrics: [:])
    }
    if let function = task.results {
      try score(&samples, by: function)
    } else if !isUnscored {
      try score(&samples)
    }
    return samples
  }

  /// Lets each metric score all documents.
  private func score(_ samples: inout [Sample]) throws(ScoringFailure) {
    var outcomes: [Outcome] = []
    outcomes.reserveCapacity(samples.count)
    for (index, sample) in samples.enumerated() {
      do throws(OutcomeTrouble) {
        let maker = OutcomeMaker(task: task, document: task.documents[index])
        outcomes.append(try maker.outcome(of: sample.filtered))
      } catch {
        throw failure(MetricError(error.message), at: index)
      }
    }
    let rows = task.documents.map(\.row)
    for use in metrics {
      do throws(ScoringError) {
        for (index, value) in try use.metric.scores(outcomes, of: rows).enumerated() {
          samples[index].add(value, of: use)
        }
      } catch {
        throw failure(error.cause, at: error.document)
      }
    }
  }

  /// Lets the task's own function score all documents.
  private func score(_ samples: inout [Sample], by function: ForeignFunction) throws(ScoringFailure) {
    let results: [Result<Value, ForeignError>]
    do throws(ForeignError) {
      results = try function.results(of: task.documents.map(\.row), samples.map(\.filtered))
    } catch {
      throw failure(MetricError(error), at: nil)
    }
    for (index, result) in results.enumerated() {
      do throws(ForeignError) {
        guard case .map(let numbers) = try result.get() else {
          throw ForeignError(.unusableResult, "`\(function.reference.name)` gave no mapping of numbers")
        }
        samples[index].metrics = numbers
      } catch {
        throw failure(MetricError(error), at: index)
      }
    }
  }

  private func score(_ use: MetricUse, _ items: [Value], _ filter: String) throws(ScoringFailure) -> Score {
    do throws(MetricError) {
      let aggregated = try Aggregated(
        items, by: use.aggregation, metricName: use.name, bootstrapIterations: bootstrapIterations)
      return Score(
        metric: use.name, filter: filter, value: aggregated.value, standardError: aggregated.standardError,
        isHigherBetter: use.isHigherBetter)
    } catch {
      throw ScoringFailure(
        task: task.name, document: nil, message: "\(use.name): \(error.message)", help: error.help,
        note: error.note)
    }
  }

  private func failure(_ error: FilterError, at index: Int?) -> ScoringFailure {
    failure(MetricError(error.message, help: error.help, note: error.note), at: index)
  }

  private func failure(_ error: MetricError, at index: Int?) -> ScoringFailure {
    ScoringFailure(
      task: task.name, document: index.map { task.documents[$0].id }, message: error.message,
      help: error.help, note: error.note)
  }
}

extension Sample {
  /// Takes down what a metric gave: one number, or several by their names.
  fileprivate mutating func add(_ value: Value?, of use: MetricUse) {
    guard let value else { return }
    guard case .map(let several) = value else {
      metrics[use.name] = value
      return
    }
    for (name, number) in several {
      metrics[name] = number
      origins[name.text] = use
    }
  }
}

extension MetricUse {
  fileprivate func renamed(_ name: String) -> MetricUse {
    MetricUse(name: name, metric: metric, aggregation: aggregation, isHigherBetter: isHigherBetter)
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
