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

  @Test func `a value and its error are those that are worked out apart`() throws {
    let aggregation = try #require(AggregationRegistry.builtin["chrf"])
    let items: [Value] = [["a cat", "a cat"], ["a dog", "the dog"], ["here", ""], ["x y z", "z y x"]]
    let both = try Aggregated(items, by: aggregation, metricName: "chrf", bootstrapIterations: 300)
    #expect(both.value == .double(try aggregation.aggregate(items)))
    let error = standardError(of: items, aggregation, metricName: "chrf", bootstrapIterations: 100)
    #expect(both.standardError == error)
  }

  @Test(arguments: ["bleu", "chrf", "chrf++"])
  func `a text that is right scores 100`(_ name: String) throws {
    let aggregation = try #require(AggregationRegistry.builtin[name])
    let text: Value = "Four score and seven years ago, our fathers brought forth a new nation."
    #expect(abs(try aggregation.aggregate([[text, text], [text, text]]) - 100) < 1e-9)
    #expect(try aggregation.aggregate([[text, ""]]) == 0)
    let edits = try #require(AggregationRegistry.builtin["ter"])
    #expect(try edits.aggregate([[text, text], [text, ""]]) == 50)
  }

  @Test(arguments: ["bleu", "chrf", "chrf++", "ter"])
  func `what is no text, or not as many right ones each time, is refused`(_ name: String) throws {
    let aggregation = try #require(AggregationRegistry.builtin[name])
    #expect(throws: MetricError.self) { try aggregation.aggregate([["a", 3]]) }
    #expect(throws: MetricError.self) { try aggregation.aggregate([["a", ["b", "c"]]]) }
    #expect(throws: MetricError.self) { try aggregation.aggregate([[[], "c"]]) }
    #expect(throws: MetricError.self) { try aggregation.aggregate([[["a"], "c"], [["a", "b"], "c"]]) }
    #expect(throws: MetricError.self) { try aggregation.aggregate(["ab"]) }
    #expect(throws: MetricError.self) { try aggregation.aggregate([]) }
  }

  @Test func `classes and spreads that do not fit are refused`() throws {
    let f1 = try #require(AggregationRegistry.builtin["f1"])
    let brier = try #require(AggregationRegistry.builtin["brier_score"])
    #expect(throws: MetricError.self) { try f1.aggregate([[0, 2], [2, 1]]) }
    #expect(throws: MetricError.self) { try f1.aggregate([[[0], 1]]) }
    #expect(throws: MetricError.self) { try brier.aggregate([[0, [0.5, 0.5]], [0, [1.0]]]) }
    #expect(throws: MetricError.self) { try brier.aggregate([[2, [0.5, 0.5]]]) }
    let outcome = ChoiceOutcome(
      logProbabilities: [-1, -2], isGreedy: [true, false], choices: ["a", "b"], gold: .anyOf([0, 1]))
    for name in ["f1", "mcc", "brier_score"] {
      let use = try metric("metric: \(name)", .multipleChoice)
      #expect(throws: MetricError.self) { try use.metric.score(.choices(outcome)) }
    }
    let use = try metric("metric: acc_mutual_info", .multipleChoice)
    #expect(throws: MetricError.self) { try use.metric.score(.choices(outcome)) }
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
