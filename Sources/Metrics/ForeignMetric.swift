public import Exchange
public import Values

/// A metric that a task's author wrote in Python.
///
/// It scores written answers only, as in the harness: nothing else asks a metric's function.
public struct ForeignMetric: Scorer {
  private let function: ForeignFunction
  /// The name that it is reported by.
  private let name: String
  private let options: OrderedMap

  public init(_ function: ForeignFunction, name: String, options: OrderedMap) {
    self.function = function
    self.name = name
    self.options = options
  }

  public func scores(_ outcomes: [Outcome], of rows: [OrderedMap]) throws(ScoringError) -> [Value?] {
    var pairs: [(document: Int, gold: Value, result: Value)] = []
    for (index, outcome) in outcomes.enumerated() {
      guard case .generation(let generation) = outcome else { continue }
      pairs += generation.golds.map { (index, $0, generation.result) }
    }
    let given = try scored(pairs)
    var scores = [Value?](repeating: nil, count: outcomes.count)
    for (pair, value) in zip(pairs, given) {
      guard case .generation(let generation) = outcomes[pair.document] else { continue }
      if generation.hasManyTargets {
        // Any right answer is enough: the harness makes 1 of whatever is not nothing.
        let one = value.asMap.map { $0[name] ?? .null } ?? value
        let isHit = one.isTruthy || scores[pair.document]?.isTruthy == true
        scores[pair.document] = .double(isHit ? 1 : 0)
      } else {
        scores[pair.document] = value
      }
    }
    return scores
  }

  private func scored(
    _ pairs: [(document: Int, gold: Value, result: Value)]
  ) throws(ScoringError) -> [Value] {
    let outcomes: [Result<Value, ForeignError>]
    do throws(ForeignError) {
      outcomes = try function.scores(
        golds: pairs.map(\.gold), results: pairs.map(\.result), keywords: options)
    } catch {
      throw ScoringError(document: nil, MetricError(error))
    }
    var values: [Value] = []
    for (pair, outcome) in zip(pairs, outcomes) {
      do throws(ForeignError) { values.append(try outcome.get()) } catch {
        throw ScoringError(document: pair.document, MetricError(error))
      }
    }
    return values
  }
}

extension MetricError {
  /// What a task's function says for itself.
  public init(_ error: ForeignError) {
    self.init(error.message, help: error.help, note: error.traceback)
  }
}
