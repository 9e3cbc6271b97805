import Diagnostics
import Foundation
import Metrics
import TestKit
import Testing
import Values
import YAML

/// The lines of a table made by `Tools/metrics/expect.py`.
func rows(_ name: String) throws -> [OrderedMap] {
  let file = repositoryRoot.appending(path: "Tests/MetricsTests/Conformance/\(name).jsonl")
  return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
    try #require(try Value(json: String($0)).asMap)
  }
}

/// Makes a metric from an entry of `metric_list`.
func use(
  _ entry: String, _ type: OutputType, aggregation: (any Aggregation)? = nil, _ findings: inout Findings
) throws -> MetricUse? {
  let source = Source(name: "task.yaml", text: entry)
  let node = try #require(parseYAML(source, &findings))
  let name = try #require(node["metric"]?.text)
  return MetricRegistry.builtin.make(
    name: Located(name.text, at: name.span), options: node, for: type, aggregation: aggregation, &findings)
}

func metric(_ entry: String, _ type: OutputType) throws -> MetricUse {
  var findings = Findings()
  return try #require(try use(entry, type, &findings))
}

extension OrderedMap {
  /// A number that may be written as text, since JSON has no `nan`.
  func number(_ key: String) -> Double? { self[key].flatMap { $0.asDouble ?? Double($0.text) } }
  func list(_ key: String) -> [Value] { self[key]?.asList ?? [] }
}

/// The same bits, or both not a number.
func isSame(_ a: Double?, _ b: Double?) -> Bool {
  guard let a, let b else { return a == nil && b == nil }
  return a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
}

/// The same lists of numbers but for rounding.
func isNear(_ a: Value, _ b: Value, _ tolerance: Double) -> Bool {
  if let a = a.asList, let b = b.asList {
    return a.count == b.count && zip(a, b).allSatisfy { isNear($0, $1, tolerance) }
  }
  guard let a = a.asDouble, let b = b.asDouble else { return false }
  return abs(a - b) <= tolerance * max(1, abs(b))
}

@Suite struct `metrics give the harness's numbers` {
  @Test func `exact_match`() throws {
    let rows = try rows("exact_match")
    #expect(rows.count > 3_000)
    for row in rows {
      var entry = try #require(row["arguments"]?.asMap)
      entry["metric"] = "exact_match"
      let use = try metric(Value.map(entry).json(), .generateUntil)
      let gold = row["gold"] ?? .null
      let isMany = row["many"] == true
      let outcome = GenerationOutcome(
        result: row["result"] ?? .null, golds: isMany ? gold.asList ?? [gold] : [gold], hasManyTargets: isMany
      )
      do {
        let score = try use.metric.score(.generation(outcome))
        // Two things work where the harness stops: no right answers (0), and expressions to ignore in a list.
        let isOurs = isMany && gold == [] || entry["regexes_to_ignore"] != nil && outcome.result.asList != nil
        if row["error"] != nil, isOurs { continue }
        let expected = row["scores"]?.asMap?.number("exact_match")
        #expect(isSame(score?.asDouble, expected), "\(row)")
      } catch { #expect(row["error"] != nil, "\(row) \(error)") }
    }
  }

  @Test func `choices`() throws {
    for row in try rows("choices") {
      let choices = row.list("choices").map(\.text)
      let outcome = ChoiceOutcome(
        logProbabilities: row.list("likelihoods").compactMap { Double($0.text) },
        isGreedy: row.list("greedy").map(\.isTruthy), choices: choices,
        gold: Gold(row["gold"] ?? .null, among: choices))
      for name in ["acc", "acc_norm", "exact_match"] {
        let use = try metric("metric: \(name)", .multipleChoice)
        do {
          let score = try use.metric.score(.choices(outcome))
          #expect(score?.json() == row["scores"]?.asMap?[name]?.json(), "\(name) \(row)")
        } catch { #expect(row["error"] != nil, "\(row) \(error)") }
      }
    }
  }

  @Test func `whole texts`() throws {
    for row in try rows("rolling") {
      let outcome = Outcome.rolling(
        logProbability: try #require(row.number("likelihood")), text: row["text"]?.text ?? "")
      for name in OutputType.loglikelihoodRolling.defaultMetrics {
        let use = try metric("metric: \(name)", .loglikelihoodRolling)
        let score = try use.metric.score(outcome)
        #expect(score?.json() == row["scores"]?.asMap?[name]?.json(), "\(name) \(row)")
      }
    }
  }

  @Test func `aggregations and standard errors, to the last bit`() throws {
    for row in try rows("aggregations") {
      let name = row["aggregation"]?.text ?? ""
      let aggregation = try #require(AggregationRegistry.builtin[name])
      let items = row.list("items").map { item -> Value in
        guard let pair = item.asList else { return .double(Double(item.text) ?? .nan) }
        return .tuple([.double(Double(pair[0].text) ?? .nan), pair[1]])
      }
      #expect(isSame(try aggregation.aggregate(items), row.number("value")), "\(row)")
      for (iterations, expected) in row["errors"]?.asMap ?? [:] {
        let error = standardError(
          of: items, aggregation, metricName: "test", bootstrapIterations: Int(iterations.text) ?? 0)
        #expect(isSame(error, Double(expected.text)), "\(name) \(iterations) \(items)")
      }
    }
  }

  @Test func `choices by more than the best`() throws {
    let rows = try rows("judged")
    #expect(rows.count > 100)
    for row in rows {
      let choices = row.list("choices").map(\.text)
      let outcome = ChoiceOutcome(
        logProbabilities: row.list("likelihoods").compactMap(\.asDouble),
        isGreedy: choices.map { _ in false },
        unconditional: row.list("unconditional").compactMap(\.asDouble), choices: choices,
        gold: Gold(row["gold"] ?? .null, among: choices))
      let own = AggregationRegistry.builtin["mean"]
      for (name, expected) in row["scores"]?.asMap ?? [:] {
        var findings = Findings()
        let entry = "metric: \(name.text)"
        let use = try #require(try use(entry, .multipleChoice, aggregation: own, &findings))
        // A right answer that is none of the choices has no Brier score; the harness stops in the end.
        if name == "brier_score", outcome.gold == .missing {
          #expect(throws: MetricError.self) { try use.metric.score(.choices(outcome)) }
        } else {
          let score = try #require(try use.metric.score(.choices(outcome)))
          #expect(isNear(score, expected, 1e-12), "\(name) \(row)")
        }
      }
    }
  }

  @Test(arguments: [("classes", 1e-12), ("texts", 1e-9)])
  func `pairs`(_ table: String, _ tolerance: Double) throws {
    let rows = try rows(table)
    #expect(rows.count > 100)
    for row in rows {
      let name = row["aggregation"]?.text ?? ""
      let aggregation = try #require(AggregationRegistry.builtin[name])
      let items = row.list("items")
      guard let expected = row.number("value") else {
        #expect(throws: MetricError.self, "\(row)") { try aggregation.aggregate(items) }
        continue
      }
      let value = try aggregation.aggregate(items)
      #expect(abs(value - expected) <= tolerance * max(1, abs(expected)), "\(name) \(value) \(row)")
      for (iterations, expected) in row["errors"]?.asMap ?? [:] {
        let error = standardError(
          of: items, aggregation, metricName: name, bootstrapIterations: Int(iterations.text) ?? 0)
        let difference = abs((error ?? .nan) - (Double(expected.text) ?? .nan))
        #expect(difference <= tolerance * 10, "\(name) \(iterations) \(items)")
      }
    }
  }

  @Test func `written texts, beside the packages that the evaluate library uses`() throws {
    let rows = try rows("written")
    #expect(rows.count > 100)
    for row in rows {
      let outcome = GenerationOutcome(
        result: row["result"] ?? .null, golds: [row["gold"] ?? .null], hasManyTargets: false)
      for (name, expected) in row["scores"]?.asMap ?? [:] {
        let use = try metric("metric: \(name.text)", .generateUntil)
        let score = try #require(try use.metric.score(.generation(outcome)))
        #expect(isNear(score, expected, 1e-12), "\(name) \(score) \(row)")
      }
    }
  }

  @Test func `groups`() throws {
    for row in try rows("groups") {
      let values = row.list("values").compactMap(\.asDouble)
      let errors = row.list("errors").compactMap(\.asDouble)
      let sizes = row.list("sizes").compactMap(\.asInt)
      let weighted = GroupAggregation.mean(values, sizes: sizes, weightBySize: true)
      let plain = GroupAggregation.mean(values, sizes: sizes, weightBySize: false)
      let pooled = GroupAggregation.pooledStandardError(errors, sizes: sizes, weightBySize: true)
      let unweighted = GroupAggregation.pooledStandardError(errors, sizes: sizes, weightBySize: false)
      #expect(isSame(weighted, row.number("weighted")))
      #expect(isSame(plain, row.number("plain")))
      #expect(isSame(pooled, row.number("pooled")))
      #expect(isSame(unweighted, row.number("unweighted")))
    }
  }
}
