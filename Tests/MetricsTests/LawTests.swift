import Metrics
import TestKit
import Testing
import Values

@Suite struct `laws of scoring` {
  private func items(_ count: Int, seed: Int) -> [Value] {
    var random = PythonRandom(seed: seed)
    return (0..<count).map { _ in .double(-10 * random.random()) }
  }

  @Test(arguments: ["mean", "median", "nanmean", "perplexity"])
  func `the order of documents does not matter`(_ name: String) throws {
    let aggregation = try #require(AggregationRegistry.builtin[name])
    for seed in 0..<20 {
      let items = items(100 + seed, seed: seed)
      var shuffled = items
      var random = PythonRandom(seed: seed)
      random.shuffle(&shuffled)
      let value = try aggregation.aggregate(items)
      #expect(abs(try aggregation.aggregate(shuffled) - value) <= abs(value) * 1e-12)
    }
  }

  @Test(arguments: ["mean", "median", "nanmean", "perplexity"])
  func `equal documents have their own value and no error`(_ name: String) throws {
    let aggregation = try #require(AggregationRegistry.builtin[name])
    let one = try aggregation.aggregate([-1.5])
    let items = [Value](repeating: -1.5, count: 16)
    #expect(try aggregation.aggregate(items) == one)
    #expect(standardError(of: items, aggregation, metricName: "x", bootstrapIterations: 50) == 0)
  }

  @Test func `many threads draw what one draws`() throws {
    let aggregation = try #require(AggregationRegistry.builtin["perplexity"])
    let items = items(60, seed: 9)
    var replicates: [Double] = []
    for seed in 0..<4 {
      var random = PythonRandom(seed: seed)
      for _ in 0..<1000 {
        replicates.append(try aggregation.aggregate(random.choices(of: 60, 60).map { items[$0] }))
      }
    }
    let mean = replicates.reduce(0, +) / 4_000
    let deviation = (replicates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3_999).squareRoot()
    // So many draws are made side by side.
    let error = standardError(of: items, aggregation, metricName: "x", bootstrapIterations: 4_000)
    #expect(abs(try #require(error) - deviation) < 1e-12 * deviation)
    #expect(standardError(of: items, aggregation, metricName: "x", bootstrapIterations: 4_999) == error)
  }

  @Test func `slow metrics get fewer replicates`() throws {
    let aggregation = try #require(AggregationRegistry.builtin["median"])
    let items = items(11, seed: 1)
    let few = standardError(of: items, aggregation, metricName: "x", bootstrapIterations: 100)
    #expect(standardError(of: items, aggregation, metricName: "bleu", bootstrapIterations: 5_000) == few)
    #expect(standardError(of: items, aggregation, metricName: "x", bootstrapIterations: 5_000) != few)
  }

  @Test func `without cause there is no error`() throws {
    let mean = try #require(AggregationRegistry.builtin["mean"])
    let weighted = try #require(AggregationRegistry.builtin["weighted_perplexity"])
    #expect(standardError(of: [1.0], mean, metricName: "x", bootstrapIterations: 100) == nil)
    #expect(standardError(of: [1.0, 0.0], mean, metricName: "x", bootstrapIterations: 0) == nil)
    let pairs: [Value] = [.tuple([-1.0, 2]), .tuple([-3.0, 4])]
    #expect(standardError(of: pairs, weighted, metricName: "x", bootstrapIterations: 100) == nil)
    #expect(GroupAggregation.pooledStandardError([0.1, 0.2], sizes: [1, 1], weightBySize: true) == nil)
  }

  @Test func `what is no number is refused`() throws {
    let mean = try #require(AggregationRegistry.builtin["mean"])
    let bits = try #require(AggregationRegistry.builtin["bits_per_byte"])
    #expect(throws: MetricError.self) { try mean.aggregate(["a"]) }
    #expect(throws: MetricError.self) { try mean.aggregate([]) }
    #expect(throws: MetricError.self) { try bits.aggregate([1.0]) }
    #expect(throws: MetricError.self) { try bits.aggregate([.tuple([-1.0, 0])]) }
  }

  @Test func `a gold is a place among the choices or none`() {
    let choices = ["a", "é", "c"]
    #expect(Gold(1, among: choices) == .one(1))
    #expect(Gold(true, among: choices) == .one(1))
    #expect(Gold("é", among: choices) == .one(1))
    #expect(Gold("e\u{301}", among: choices) == .missing)
    #expect(Gold(3, among: choices) == .missing)
    #expect(Gold(-1, among: choices) == .missing)
    #expect(Gold(.null, among: choices) == .missing)
    #expect(Gold([0, 5, 2], among: choices) == .anyOf([0, 2]))
  }
}
