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
      let own = try self.samples(of: pipeline)
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

  /// Each document with what a pipeline leaves of its answers and what the metrics make of that.
  func samples(of pipeline: FilterPipeline) throws(ScoringFailure) -> [Sample] {
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
    let rows = task.documents.map(\.row)
    var outcomes: [Outcome]?
    for use in metrics {
      do throws(ScoringError) {
        let scores: [Value?]
        if let expression = use.metric as? TemplateScore {
          scores = try self.scores(expression, samples)
        } else {
          // Only metrics need answers that can be compared with what is right.
          if outcomes == nil { outcomes = try self.outcomes(samples) }
          scores = try use.metric.scores(outcomes ?? [], of: rows)
        }
        for (index, value) in scores.enumerated() { samples[index].add(value, of: use) }
      } catch {
        throw failure(error.cause, at: error.document)
      }
    }
  }

  private func outcomes(_ samples: [Sample]) throws(ScoringError) -> [Outcome] {
    var outcomes: [Outcome] = []
    outcomes.reserveCapacity(samples.count)
    for (index, sample) in samples.enumerated() {
      do throws(OutcomeTrouble) {
        let maker = OutcomeMaker(task: task, document: task.documents[index])
        outcomes.append(try maker.outcome(of: sample.filtered))
      } catch {
        throw ScoringError(document: index, MetricError(error.message))
      }
    }
    return outcomes
  }

  private func scores(_ expression: TemplateScore, _ samples: [Sample]) throws(ScoringError) -> [Value?] {
    var scores: [Value?] = []
    scores.reserveCapacity(samples.count)
    for (index, sample) in samples.enumerated() {
      do throws(MetricError) {
        let maker = OutcomeMaker(task: task, document: task.documents[index])
        let variables = try maker.scoreVariables(of: sample.filtered)
        scores.append(try expression.score(of: task.documents[index].row, variables))
      } catch {
        throw ScoringError(document: index, error)
      }
    }
    return scores
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
        note: error.note, span: error.span)
    }
  }

  private func failure(_ error: FilterError, at index: Int?) -> ScoringFailure {
    failure(MetricError(error.message, help: error.help, note: error.note, at: error.span), at: index)
  }

  func failure(_ error: MetricError, at index: Int?) -> ScoringFailure {
    ScoringFailure(
      task: task.name, document: index.map { task.documents[$0].id }, message: error.message,
      help: error.help, note: error.note, span: error.span)
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
