public import Values

/// What a document's score is at its best.
public enum BestScore: Sendable, Equatable {
  /// This number.
  case number(Double)
  /// What was given is what is right, or one of several that are.
  case agreement
  /// The right choice has the largest number.
  case likeliest
}

extension Metric {
  /// What its kind of score is at best; perplexities have no best.
  public static var bestScore: BestScore? {
    switch itemKind {
    case .number: .number(isHigherBetter ? 1 : 0)
    case .pair: .agreement
    case .spread: .likeliest
    case .weighted, .nothing: nil
    }
  }
}

extension MetricUse {
  /// The best score of a document; nil where none is defined, or where nobody knows the scale.
  public var bestScore: BestScore? {
    guard let metric = metric as? any Metric else { return nil }
    return type(of: metric).bestScore
  }

  /// Whether a document's score is the best there is; nil where that cannot be said.
  ///
  /// The scale of what a task's author made up is not known. From 0 up to 1 it is taken for a share of which all is best;
  /// larger and negative numbers say nothing.
  public func isBest(_ score: Value) -> Bool? {
    if metric is any Metric { return bestScore.flatMap { isBest(score, as: $0) } }
    if score.asList?.count == 2 { return isBest(score, as: .agreement) }
    guard let isHigherBetter, let number = score.asDouble else { return nil }
    if isHigherBetter { return number < 0 ? nil : number > 1 ? nil : number >= 1 - Self.tolerance }
    return abs(number) <= Self.tolerance ? true : nil
  }

  /// Sums of a hundred rounded numbers may be off by so much.
  private static let tolerance = 1e-9

  private func isBest(_ score: Value, as best: BestScore) -> Bool? {
    switch best {
    case .number(let number):
      guard let given = score.asDouble else { return nil }
      return number == 0 ? given <= Self.tolerance : given >= number - Self.tolerance
    case .agreement:
      guard let pair = score.asList, pair.count == 2 else { return nil }
      return pair[0] == pair[1] || pair[0].asList?.contains(pair[1]) == true
    case .likeliest:
      guard let pair = score.asList, pair.count == 2, let right = pair[0].asInt, let numbers = pair[1].asList
      else { return nil }
      let all = numbers.compactMap(\.asDouble)
      guard all.indices.contains(right), all.count == numbers.count else { return false }
      return all.allSatisfy { $0 <= all[right] }
    }
  }
}
