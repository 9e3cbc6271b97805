import Diagnostics
import Exchange
import Metrics
import Schema
import Values
import YAML

extension Binder {
  func metrics(isTypeKnown: Bool, _ findings: inout Findings) -> [MetricUse] {
    var own = Findings()
    let metrics = metrics(&own)
    for finding in own.all where isTypeKnown || finding.code != "metric-does-not-fit" {
      findings.add(finding)
    }
    findings.add(contentsOf: own.beyondStandard)
    return metrics
  }

  private func metrics(_ findings: inout Findings) -> [MetricUse] {
    guard let list = definition.scoring.metrics, !list.isNull else { return defaultMetrics(&findings) }
    guard let items = list.items else {
      findings.add(.wrongType(list, expected: "a list of metrics, each with `metric`"))
      return []
    }
    var uses: [MetricUse] = []
    var places: [String: SourceSpan] = [:]
    for item in items {
      for use in entry(item, &findings) {
        let place = item["metric"]?.span ?? item.span
        if let first = places.updateValue(place, forKey: use.name) {
          findings.add(.replaced("duplicate-metric", use.name, at: place, first: first))
        }
        // The later entry takes the place of the earlier, as a Python mapping has it.
        if let index = uses.firstIndex(where: { $0.name == use.name }) {
          uses[index] = use
        } else {
          uses.append(use)
        }
      }
    }
    return uses
  }

  /// What one entry of `metric_list` stands for.
  private func entry(_ item: Node, _ findings: inout Findings) -> [MetricUse] {
    guard let metric = item["metric"] else {
      findings.add(
        .error(
          "missing-key", "an entry of `metric_list` needs `metric`", at: item.span,
          help: item.text.map { "write `metric: \($0.text)`" }))
      return []
    }
    var aggregation: (any Aggregation)?
    if let node = item["aggregation"], node.tag != nil {
      aggregation = self.aggregation(node, &findings)
      if aggregation == nil { return [] }
    }
    if metric.tag != nil { return own(metric, item, aggregation, &findings).map { [$0] } ?? [] }
    guard let name = Shape<EmbeddedText>.text.read(metric, &findings) else { return [] }
    let located = Located(name.text, at: name.span)
    if let score = item["score"] {
      return self.score(score, named: located, item, aggregation, &findings).map { [$0] } ?? []
    }
    if definition.scoring.process != nil {
      return parts.metrics.given(name: located, options: item, aggregation: aggregation, &findings)
        .map { [$0] } ?? []
    }
    if Self.partsOfROUGE.contains(name.text) {
      findings.add(
        .beyondStandard(
          "`\(name.text)` is not a metric of the harness", at: name.span,
          others: "the harness finds it neither among its own nor in the `evaluate` library, and fails when "
            + "answers are scored"))
    }
    return parts.metrics.members(of: name.text).compactMap { member in
      parts.metrics.make(
        name: Located(member, at: name.span), options: item, for: outputType, aggregation: aggregation,
        &findings)
    }
  }

  /// What the `evaluate` library has under one name, `rouge`.
  private static let partsOfROUGE: Set = ["rouge1", "rouge2", "rougeL", "rougeLsum"]

  private func aggregation(_ node: Node, _ findings: inout Findings) -> (any Aggregation)? {
    let name = Located(node.scalar?.text.text ?? "", at: node.span)
    guard let bound = functions.function("aggregation", name, &findings) else { return nil }
    guard let function = bound.function else { return UncalledAggregation() }
    return ForeignAggregation(function)
  }

  /// A metric that is a Python function of the task's.
  private func own(
    _ node: Node, _ entry: Node, _ aggregation: (any Aggregation)?, _ findings: inout Findings
  ) -> MetricUse? {
    let name = Located(node.scalar?.text.text ?? "", at: node.span)
    guard let bound = functions.function("metric", name, &findings) else { return nil }
    var label = name.value.split(separator: ".").last.map(String.init) ?? name.value
    if let function = bound.function {
      do throws(ForeignError) {
        // The name that the function gives itself is the one that counts.
        switch try function.load() {
        case .function(let own), .type(let own): label = own
        case .value: break
        }
      } catch {
        findings.add(bound.finding(error))
        return nil
      }
    }
    guard
      let use = parts.metrics.given(
        name: Located(label, at: node.span), options: entry, aggregation: aggregation, &findings)
    else { return nil }
    guard let function = bound.function, definition.scoring.process == nil else { return use }
    let options = arguments(entry, except: ["metric", "aggregation", "higher_is_better", "hf_evaluate"])
    return MetricUse(
      name: label, metric: ForeignMetric(function, name: label, options: options),
      aggregation: use.aggregation, isHigherBetter: use.isHigherBetter)
  }

  private func defaultMetrics(_ findings: inout Findings) -> [MetricUse] {
    let span = definition.task.span
    return outputType.defaultMetrics.compactMap {
      parts.metrics.make(
        name: Located($0, at: span), options: Node(.mapping([]), at: span), for: outputType, &findings)
    }
  }
}

/// An aggregation that is looked at and not run.
private struct UncalledAggregation: Aggregation {
  static let name = "!function"
  static let about = "A function that is not called."
  static let itemKind = ItemKind.nothing
  var standardError: ErrorMethod { .none }
  func prepare(_ items: [Value]) throws(MetricError) -> any PreparedItems {
    throw MetricError("the aggregation is a function that is not called here")
  }
}
