import Diagnostics

/// The aggregations a task may name: a value, so that tests and plug-ins make their own.
public struct AggregationRegistry: Sendable {
  private var entries: [String: any Aggregation] = [:]

  public init(_ aggregations: [any Aggregation] = []) {
    for aggregation in aggregations { add(aggregation) }
  }

  public mutating func add(_ aggregation: some Aggregation) {
    let name = type(of: aggregation).name
    precondition(entries[name] == nil, "two aggregations are named `\(name)`")
    entries[name] = aggregation
  }

  /// In alphabetical order.
  public var names: [String] { entries.keys.sorted() }
  /// What documentation says of each, in alphabetical order.
  public var pages: [(name: String, about: String)] {
    names.compactMap { name in entries[name].map { (name, type(of: $0).about) } }
  }

  public subscript(_ name: String) -> (any Aggregation)? { entries[name] }

  func make(_ name: Located<String>, _ findings: inout Findings) -> (any Aggregation)? {
    if let aggregation = entries[name.value] { return aggregation }
    let near = names.nearest(to: name.value)
    findings.add(
      .error(
        "unknown-aggregation", "no aggregation is named `\(name.value)`", at: name.span,
        help: near.map { "did you mean `\($0)`?" } ?? "aggregations: \(names.joined(separator: ", "))",
        fix: near.map { .replace(name.span, with: $0) }))
    return nil
  }
}

extension AggregationRegistry {
  package static let builtinAggregations: [any Aggregation] = [
    BLEUAggregation(),
    BitsPerByteAggregation(),
    BrierScoreAggregation(),
    BypassAggregation(),
    ChrFAggregation(),
    ChrFPlusPlusAggregation(),
    F1Aggregation(),
    MatthewsCorrelationAggregation(),
    Mean(),
    Median(),
    NaNMean(),
    PerplexityAggregation(),
    TranslationEditRateAggregation(),
    WeightedPerplexity(),
  ]

  /// Every aggregation in the folder `Aggregations`.
  public static let builtin = AggregationRegistry(builtinAggregations)
}
