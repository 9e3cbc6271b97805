import Schema
import Values

/// What the *evaluate* library's `f1` gives for one written label, which is what `hf_evaluate` asks for.
///
/// The harness asks the library for each document alone. The mean over classes, of whatever kind, is then
/// whether the label is right; for class 1 alone it is whether both are 1.
struct LibraryF1: Metric {
  enum Average: String, CaseIterable {
    case binary, macro, micro, weighted
  }

  static let name = "f1"
  static let about = "What the *evaluate* library's `f1` gives for one written label."
  static let outputTypes: Set<OutputType> = [.generateUntil]
  static let outputTypesWithOptions: Set<OutputType> = [.generateUntil]
  static let defaultAggregation = "mean"
  static let isInEvaluate = true
  static let isHigherBetter = true
  static let schema = Schema<Self>(
    Field("average", .choice, default: Average.binary, "over which classes the mean is taken"),
    make: { Self(average: $0) })

  let average: Average

  func score(_ outcome: Outcome) throws(MetricError) -> Value? {
    guard case .generation(let it) = outcome else { return nil }
    let scores = try it.golds.map { (gold) throws(MetricError) in try score(it.result, gold) }
    return .double(scores.max() ?? 0)
  }

  private func score(_ result: Value, _ gold: Value) throws(MetricError) -> Double {
    guard let result = wholeNumber(result), let gold = wholeNumber(gold) else {
      throw MetricError("expected whole numbers, found \(result.repr.prefix(60)) for \(gold.repr.prefix(60))")
    }
    if average == .binary, result != gold, result != 1, gold != 1 {
      throw MetricError(
        "`f1` finds class 1, but the classes are \(gold) and \(result)", help: "set `average: macro`")
    }
    return result == gold && (average != .binary || gold == 1) ? 1 : 0
  }
}
