import Diagnostics
import Metrics
import Testing
import Values
import YAML

@Suite struct `entries of metric_list` {
  private func found(_ entry: String, _ type: OutputType) throws -> (use: MetricUse?, text: String) {
    var findings = Findings()
    let use = try use(entry, type, &findings)
    var sources = Sources()
    _ = sources.add(name: "task.yaml", text: entry)
    return (use, findings.sorted.map { $0.terminal(in: sources) }.joined(separator: "\n"))
  }

  @Test func `a misspelled name gets a suggestion`() throws {
    let (use, text) = try found("metric: exact_mtch", .generateUntil)
    #expect(use == nil)
    #expect(text.hasPrefix("error[unknown-metric]: no metric is named `exact_mtch`"))
    #expect(text.contains("did you mean `exact_match`?"))
    #expect(text.contains("fix: replace with `exact_match`"))
  }

  @Test func `a metric that the harness fails on is refused`() throws {
    let (use, text) = try found("metric: acc", .generateUntil)
    #expect(use == nil)
    let fitting = MetricRegistry.builtinMetrics.filter { $0.outputTypes.contains(.generateUntil) }
      .map { $0.name }.sorted().map { "`\($0)`" }.joined(separator: " or ")
    #expect(
      text == """
        error[metric-does-not-fit]: `acc` gives no score with `output_type: generate_until`
         --> task.yaml:1:9
          |
        1 | metric: acc
          |         ^^^
          = help: use \(fitting)

        """)
  }

  @Test func `a metric that gives nothing is warned of`() throws {
    let (use, text) = try found("metric: exact_match", .loglikelihood)
    #expect(text.hasPrefix("warning[metric-does-not-fit]"))
    let outcome = Outcome.loglikelihood(logProbability: -1, isGreedy: true)
    #expect(try #require(use).metric.score(outcome) == nil)
  }

  @Test func `an argument without effect is warned of`() throws {
    let (use, text) = try found("metric: acc\nignore_case: true", .multipleChoice)
    #expect(use != nil)
    #expect(text.hasPrefix("warning[argument-has-no-effect]: `ignore_case` has no effect on `acc`"))
    let (other, words) = try found("metric: exact_match\nignore_case: maybe", .multipleChoice)
    #expect(other != nil)
    #expect(words.hasPrefix("warning[argument-has-no-effect]"))
  }

  @Test func `arguments are read where they have an effect`() throws {
    let (use, text) = try found(
      "metric: exact_match\nignore_cse: true\nregexes_to_ignore: ['(']", .generateUntil)
    #expect(use == nil)
    #expect(text.contains("did you mean `ignore_case`?"))
    #expect(text.contains("error[bad-regex]"))
  }

  @Test func `aggregations are looked up and fitted`() throws {
    #expect(try found("metric: acc\naggregation: nanmean", .multipleChoice).text == "")
    #expect(
      try found("metric: acc\naggregation: meen", .multipleChoice).text.contains("did you mean `mean`?"))
    let (use, text) = try found("metric: acc\naggregation: bits_per_byte", .multipleChoice)
    #expect(use == nil)
    #expect(
      text.contains("error[aggregation-does-not-fit]: `bits_per_byte` cannot put together what `acc` gives"))
  }

  @Test func `the direction may be turned, and left open`() throws {
    #expect(try found("metric: acc", .multipleChoice).use?.isHigherBetter == true)
    #expect(try found("metric: perplexity", .loglikelihood).use?.isHigherBetter == false)
    #expect(try found("metric: acc\nhigher_is_better: false", .multipleChoice).use?.isHigherBetter == false)
    let open = try #require(try found("metric: acc\nhigher_is_better: null", .multipleChoice).use)
    #expect(open.isHigherBetter == nil)
  }

  @Test func `what only the evaluate library has is refused`() throws {
    #expect(try found("metric: exact_match\nhf_evaluate: true", .generateUntil).text == "")
    #expect(try found("metric: f1\nhf_evaluate: false", .generateUntil).text == "")
    let (use, text) = try found("metric: bleu\nhf_evaluate: true", .generateUntil)
    #expect(use == nil)
    #expect(
      text.hasPrefix("error[hf-evaluate-unavailable]: the `evaluate` library's `bleu` is not available"))
    let (none, words) = try found("metric: bertscore", .generateUntil)
    #expect(none == nil)
    #expect(
      words.hasPrefix("error[hf-evaluate-unavailable]: `bertscore` is a metric of the `evaluate` library"))
  }

  @Test func `the evaluate library's F1 is of one document`() throws {
    func score(_ options: String, _ result: Value, _ gold: Value) throws -> Value? {
      let entry = "metric: f1\nhf_evaluate: true\naggregation: mean\n\(options)"
      let use = try metric(entry, .generateUntil)
      let outcome = GenerationOutcome(result: result, golds: [gold], hasManyTargets: false)
      return try use.metric.score(.generation(outcome))
    }
    #expect(try score("average: micro", 2, 2) == 1.0)
    #expect(try score("average: macro", "2", "3") == 0.0)
    #expect(try score("", 1, "1") == 1.0)
    #expect(try score("", 0, 0) == 0.0)
    #expect(try score("", 1, 2) == 0.0)
    #expect(throws: MetricError.self) { try score("", 0, 2) }
    #expect(throws: MetricError.self) { try score("average: micro", "A", "B") }
    #expect(try found("metric: f1\nhf_evaluate: true\naverage: none", .generateUntil).use == nil)
  }

  @Test func `a name for several metrics stands for each of them`() {
    let members = MetricRegistry.builtin.members(of: "rouge")
    #expect(members == ["rouge1", "rouge2", "rougeL", "rougeLsum"])
    #expect(Set(members).isSubset(of: MetricRegistry.builtin.names))
    #expect(MetricRegistry.builtin.members(of: "acc") == ["acc"])
  }

  @Test func `the evaluate library has no say where answers are chosen`() throws {
    let (use, text) = try found("metric: f1\nhf_evaluate: true", .multipleChoice)
    #expect(use != nil)
    #expect(text.hasPrefix("warning[argument-has-no-effect]: `hf_evaluate` has no effect on `f1`"))
  }

  @Test func `a metric whose usual aggregation fails needs another`() throws {
    let (use, text) = try found("metric: likelihood", .multipleChoice)
    #expect(use == nil)
    #expect(text.hasPrefix("error[aggregation-does-not-fit]: `mean` cannot put together what `likelihood`"))
  }

  @Test func `an aggregation of one's own takes what is right and what was written`() throws {
    var findings = Findings()
    let agreement = Agreement()
    let use = try #require(try use("metric: acc", .generateUntil, aggregation: agreement, &findings))
    #expect(findings.all.isEmpty)
    let answers: [(Value, Value)] = [("a", "a"), ("b", "c"), ("d", "d"), ("e", "e")]
    let items = try answers.map { gold, result in
      let outcome = GenerationOutcome(result: result, golds: [gold], hasManyTargets: false)
      return try #require(try use.metric.score(.generation(outcome)))
    }
    #expect(items[1] == ["b", "c"])
    #expect(try use.aggregation.aggregate(items) == 0.75)
  }
}

/// The share of pairs whose halves are equal.
private struct Agreement: Aggregation {
  static let name = "agreement"
  static let about = "The share of pairs whose halves are equal."
  static let itemKind = ItemKind.pair

  struct Pairs: PreparedItems {
    let items: [Value]
    var count: Int { items.count }
    func value(at places: [Int]) -> Double {
      Double(places.count { items[$0].asList?.first == items[$0].asList?.last }) / Double(places.count)
    }
  }

  var standardError: ErrorMethod { .none }
  func prepare(_ items: [Value]) -> any PreparedItems { Pairs(items: items) }
}
