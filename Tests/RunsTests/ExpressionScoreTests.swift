import Datasets
import Diagnostics
import Exchange
import Foundation
import Runs
import TaskDSL
import TestKit
import Testing
import Values

/// Says what it was told to, request by request.
private struct Scripted: Backend {
  let answers: [Answer]
  var abilities: Abilities { .all }

  func answer(_ requests: [Request], to delivery: Delivery) async throws(BackendError) {
    for index in requests.indices { delivery.answer(index, answers[index % answers.count]) }
  }
}

@Suite struct `scores that are expressions` {
  private static let base = """
    task: t
    test_split: test
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    doc_to_text: "{{ q }}"

    """

  private func results(
    _ task: String, rows: String, _ answers: Answer...
  ) async throws -> (results: RunResults?, messages: [String]) {
    try await temporaryFolder { folder in
      try folder.write(Self.base + task, to: "t.yaml")
      try folder.write(rows, to: "rows.jsonl")
      var index = TaskIndex(roots: [folder.path])
      var findings = Findings()
      let members = index.select(["t"], &findings)
      let compiler = TaskCompiler(datasets: DatasetStore(mirrors: [], workingDirectory: folder.path))
      let plan = compiler.compile(members, &findings)
      let messages = findings.sorted.map { finding in
        let line = index.sources[finding.span.source]?.position(of: finding.span.start).line ?? 0
        return "\(finding.code.name) \(line)"
      }
      guard let plan else { return (nil, messages) }
      let backend = Scripted(answers: answers)
      return (try await Evaluation(plan: plan, backend: backend, bootstrapIterations: 0).run(), messages)
    }
  }

  private static let written = """
    {"q": "a", "right": "The Cat", "weight": 2}
    {"q": "b", "right": "Dog", "weight": 3}

    """

  @Test func `see the answer, the target and the document`() async throws {
    let task = """
      doc_to_target: right
      metric_list:
        - metric: close
          score: "{{ (answer | word_f1(target)) * weight }}"
          aggregation: mean
          higher_is_better: true
        - metric: same
          score: |
            {{ answer | normalize == doc.right | normalize }}
          aggregation: median
      """
    let (results, messages) = try await results(
      task, rows: Self.written, .text("a big cat"), .text("dog!"))
    #expect(messages == [])
    let found = try #require(results?.tasks.first)
    #expect(found.samples.map { $0.metrics["same"]?.asDouble } == [0, 1])
    #expect(found.scores.map(\.metric) == ["close", "same"])
    // `big cat` against `cat` with weight 2, `dog` against `dog` with weight 3.
    let close = (2.0 * (2.0 / 3.0) + 3.0) / 2.0
    #expect(found.scores.map(\.number) == [close, 1])
    #expect(found.scores.map(\.isHigherBetter) == [true, nil])
  }

  @Test func `take what filters made of answers, of whatever kind`() async throws {
    let task = """
      doc_to_target: right
      filter_list:
        - name: length
          filter:
            - function: take_first
            - function: template
              template: "{{ answer | length }}"
      metric_list:
        - metric: long
          score: "{{ answer > weight }}"
          aggregation: mean
      """
    let (results, messages) = try await results(task, rows: Self.written, .text("12345"), .text("12"))
    #expect(messages == [])
    #expect(results?.tasks.first?.scores.map(\.number) == [0.5])
  }

  private static let choices = """
    {"q": "a", "right": 1}
    {"q": "b", "right": 0}

    """

  private static let choiceTask = """
    output_type: multiple_choice
    doc_to_target: right
    doc_to_choice: ["no", "yes"]
    metric_list:

    """

  @Test func `see choices and how likely they were`() async throws {
    let task =
      Self.choiceTask + """
          - metric: right
            score: "{{ prediction == target }}"
            aggregation: mean
          - metric: margin
            score: "{{ (loglikelihoods | max) - (loglikelihoods | min) }}"
            aggregation: mean
          - metric: named
            score: "{{ answer == choices[target] and greedy[prediction] }}"
            aggregation: mean
          - metric: agreement
            score: "{{ [target, prediction] }}"
            aggregation: f1
        """
    let (results, messages) = try await results(
      task, rows: Self.choices, .loglikelihood(-3, isGreedy: false), .loglikelihood(-1, isGreedy: true))
    #expect(messages == [])
    let scores = try #require(results?.tasks.first?.scores)
    #expect(scores.map(\.metric) == ["right", "margin", "named", "agreement"])
    #expect(scores.map(\.number) == [0.5, 2, 0.5, 2.0 / 3])
  }

  @Test func `of log-likelihoods see the numbers`() async throws {
    let task = """
      output_type: loglikelihood
      doc_to_target: "{{ right }}"
      metric_list:
        - metric: sure
          score: "{{ loglikelihoods[0] > -1 and not greedy[0] and target == right }}"
          aggregation: mean
      """
    let (results, messages) = try await results(
      task, rows: Self.written, .loglikelihood(-0.5, isGreedy: false), .loglikelihood(-2, isGreedy: false))
    #expect(messages == [])
    #expect(results?.tasks.first?.scores.map(\.number) == [0.5])
  }

  @Test(arguments: [
    ("score: \"{{ answr }}\"", "undefined-column 9"), ("score: \"{{ prediction }}\"", "undefined-column 9"),
    ("score: right", "not-an-expression 9"), ("score: 1", "wrong-type 9"),
    ("score: \"{{ answer\"", "template-unclosed 9"),
    ("score: \"{{ 1 }}\"\n    ignore_case: true", "unknown-key 10"),
  ])
  func `are checked before the run`(_ line: String, _ message: String) async throws {
    let task = "doc_to_target: right\nmetric_list:\n  - metric: own\n    \(line)\n    aggregation: mean\n"
    let messages = try await results(task, rows: Self.written, .text("")).messages
    #expect(messages == [message])
  }

  @Test(arguments: [("{{ answer }}", 0), ("{{ 1 / (weight - 3) }}", 1), ("{{ none }}", 0)])
  func `that fail name the document and the place`(_ score: String, _ document: Int) async throws {
    let task =
      "doc_to_target: right\nmetric_list:\n  - {metric: own, score: \"\(score)\", aggregation: mean}\n"
    let results = try #require(try await results(task, rows: Self.written, .text("x")).results)
    let failure = try #require(results.failures.first)
    #expect(failure.span != nil)
    #expect(failure.document == document)
  }
}
