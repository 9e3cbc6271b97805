public import Diagnostics
import Schema
import Values
public import YAML

/// A number that a task's own `process_results` gives, so that here nothing is left to score.
struct GivenNumber: Scorer {
  func scores(_ outcomes: [Outcome], of rows: [OrderedMap]) -> [Value?] { outcomes.map { _ in nil } }
}

extension MetricRegistry {
  /// An entry of `metric_list` in a task that scores its documents itself: only how the numbers are put together
  /// counts, and its name may be anything.
  public func given(
    name: Located<String>, options: Node, aggregation: (any Aggregation)? = nil, _ findings: inout Findings
  ) -> MetricUse? {
    let known = metric(named: name.value)
    guard let aggregation = aggregation ?? named(known, name, options, &findings) else { return nil }
    var isHigherBetter = known?.isHigherBetter
    if let node = options["higher_is_better"] {
      isHigherBetter = node.isNull ? nil : Shape<Bool>.bool.read(node, &findings)
    }
    return MetricUse(
      name: name.value, metric: GivenNumber(), aggregation: aggregation, isHigherBetter: isHigherBetter)
  }

  /// How a number that no entry names is put together.
  public static func unlisted(_ name: String) -> MetricUse {
    MetricUse(name: name, metric: GivenNumber(), aggregation: Mean(), isHigherBetter: nil)
  }

  private func named(
    _ known: (any Metric.Type)?, _ metric: Located<String>, _ options: Node, _ findings: inout Findings
  ) -> (any Aggregation)? {
    guard let node = options["aggregation"] else {
      if known == nil {
        findings.add(
          .warning(
            "no-aggregation", "nothing says how `\(metric.value)` is put together, so it is the mean",
            at: metric.span, help: "add `aggregation: mean`"))
      }
      return aggregations.make(Located(known?.defaultAggregation ?? Mean.name, at: metric.span), &findings)
    }
    guard let text = Shape<String>.string.read(node, &findings) else { return nil }
    return aggregations.make(Located(text, at: node.span), &findings)
  }
}
