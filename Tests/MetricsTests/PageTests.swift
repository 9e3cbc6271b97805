import Diagnostics
import Metrics
import Schema
import TestKit
import Testing
import Values

/// An entry of `metric_list` and what it makes of some documents, from the page of a metric.
struct Example: CustomStringConvertible {
  let name: String
  let entry: String
  let type: OutputType
  /// Outcomes and their scores; the outcome `together` stands for the value over all of them.
  let lines: [(outcome: String, score: Value)]
  var description: String { "\(entry) (\(type.rawValue))" }

  static func all(in page: String, named name: String) throws -> [Example] {
    var examples: [Example] = []
    var entry: String?
    for fence in Fence.all(in: page) {
      if fence.language == "yaml" { entry = fence.text }
      let words = fence.language.split(separator: " ")
      guard words.first == "scores", let last = words.last, let options = entry else { continue }
      let lines = fence.text.split(separator: "\n").map { $0.split(separator: " -> ", maxSplits: 1) }
      examples.append(
        Example(
          name: name, entry: options, type: try #require(OutputType(rawValue: String(last))),
          lines: try lines.map { (String($0[0]), try Value(json: String($0[1]))) }))
      entry = nil
    }
    return examples
  }

  func outcome(_ text: String) throws -> Outcome {
    let fields = try #require(try Value(json: text).asMap)
    switch type {
    case .loglikelihood:
      return .loglikelihood(
        logProbability: try #require(fields.number("likelihood")), isGreedy: fields["greedy"] == true)
    case .loglikelihoodRolling:
      return .rolling(
        logProbability: try #require(fields.number("likelihood")), text: fields["text"]?.text ?? "")
    case .multipleChoice:
      let choices = fields.list("choices").map(\.text)
      return .choices(
        ChoiceOutcome(
          logProbabilities: fields.list("likelihoods").compactMap(\.asDouble),
          isGreedy: fields["greedy"]?.asList?.map(\.isTruthy) ?? choices.map { _ in false },
          unconditional: fields["unconditional"]?.asList?.compactMap(\.asDouble), choices: choices,
          gold: Gold(fields["gold"] ?? .null, among: choices)))
    case .generateUntil:
      return .generation(
        GenerationOutcome(
          result: fields["result"] ?? .null, golds: fields["golds"]?.asList ?? [fields["gold"] ?? .null],
          hasManyTargets: fields["golds"] != nil))
    }
  }
}

@Suite struct `the metrics' pages` {
  static let examples = MetricRegistry.builtin.pages.flatMap {
    (try? Example.all(in: $0.about, named: $0.name)) ?? []
  }

  @Test(arguments: examples)
  func `each example is true`(_ example: Example) throws {
    var findings = Findings()
    // An aggregation of one's own stands for the one that `likelihood` needs.
    let own = example.name == "likelihood" ? AggregationRegistry.builtin["mean"] : nil
    let use = try #require(try use(example.entry, example.type, aggregation: own, &findings))
    #expect(findings.all.isEmpty)
    var items: [Value] = []
    for (outcome, expected) in example.lines {
      if outcome.hasPrefix("together") {
        #expect(Value.double(try use.aggregation.aggregate(items)).json() == expected.json())
      } else {
        let item = try #require(try use.metric.score(try example.outcome(outcome)))
        #expect(item.json() == expected.json(), "\(outcome)")
        items.append(item)
      }
    }
  }

  @Test func `every metric has an example for each of its output types`() {
    for type in MetricRegistry.builtinMetrics {
      let shown = Set(Self.examples.filter { $0.name == type.name }.map(\.type))
      #expect(shown == type.outputTypes, "\(type.name)")
    }
  }

  @Test func `every file is in its list, under its name`() throws {
    #expect(MetricRegistry.builtinMetrics.map { "\($0)" } == (try swiftFiles(in: "Sources/Metrics/Metrics")))
    let aggregations = AggregationRegistry.builtinAggregations.map { "\(type(of: $0))" }
    #expect(aggregations == (try swiftFiles(in: "Sources/Metrics/Aggregations")))
  }

  @Test func `every default exists and fits`() throws {
    for type in OutputType.allCases {
      for name in type.defaultMetrics {
        var findings = Findings()
        let use = try #require(try use("metric: \(name)", type, &findings))
        #expect(findings.all.isEmpty)
        let metric = try #require(use.metric as? any Metric)
        #expect(Swift.type(of: use.aggregation).itemKind == Swift.type(of: metric).itemKind)
      }
    }
  }
}
