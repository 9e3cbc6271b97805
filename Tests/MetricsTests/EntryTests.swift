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
    #expect(
      text == """
        error[metric-does-not-fit]: `acc` gives no score with `output_type: generate_until`
         --> task.yaml:1:9
          |
        1 | metric: acc
          |         ^^^
          = help: use `exact_match`

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

  @Test func `the evaluate library is said to be absent`() throws {
    let (use, text) = try found("metric: exact_match\nhf_evaluate: true", .generateUntil)
    #expect(use != nil)
    #expect(text.hasPrefix("warning[hf-evaluate-unavailable]"))
    #expect(try found("metric: exact_match\nhf_evaluate: false", .generateUntil).text == "")
  }
}
