import Datasets
import Diagnostics
import Exchange
import Foundation
import Lint
import Runs
import TaskDSL
import TestKit
import Testing
import Values

@Suite struct `the test of right answers` {
  private static let head = """
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl, train: pool.jsonl}}
    test_split: test

    """

  /// What becomes of a task's right answers, and the findings of the rows.
  private func test(
    _ body: String, rows: String, pool: String = "", _ change: (inout LintRequest) -> Void = { _ in }
  ) throws -> (result: SelfTestResult, report: LintReport) {
    let files = ["t.yaml": Self.head + body, "rows.jsonl": rows, "pool.jsonl": pool.isEmpty ? rows : pool]
    return try Linting(files).run { folder, request in
      var request = request
      request.datasets = DatasetStore(mirrors: [], workingDirectory: folder.path)
      request.isSelfTesting = true
      change(&request)
      let report = Linter().check(request)
      return (try #require(report.selfTests.first), report)
    }
  }

  private static let generating = """
    doc_to_text: "Q: {{question}} A:"
    doc_to_target: "{{answer}}"
    target_delimiter: ""
    generation_kwargs: {until: ["\\n"]}

    """

  private static func pipeline(_ pattern: String) -> String {
    """
    filter_list:
      - name: number
        filter:
          - {function: regex, regex_pattern: "\(pattern)"}
          - {function: take_first}
    metric_list: [{metric: exact_match}]

    """
  }

  @Test func `an answer that a filter spoils is shown with what each step made of it`() throws {
    let (result, report) = try test(
      Self.generating + Self.pipeline("(-?[0-9]+)"),
      rows: """
        {"question": "a", "answer": "12"}
        {"question": "b", "answer": "1,000"}
        """)
    #expect(result.documentCount == 2)
    #expect(!result.isSound)
    let pipeline = try #require(result.pipelines.first)
    #expect(pipeline.failureCount == 1)
    let failure = try #require(pipeline.failures.first)
    #expect(failure.document == 1)
    #expect(failure.answer == "1,000")
    #expect(failure.steps.map(\.name) == ["regex", "take_first"])
    #expect(failure.steps.map(\.left) == ["['1']", "'1'"])
    #expect(failure.scores.map(\.value) == ["0.0"])
    let finding = try #require(report.findings.first { $0.code == "gold-scores-low" })
    #expect(finding.severity == .error)
    #expect(finding.message == "1 of 2 right answers does not score best after `number`")
    #expect(finding.note?.contains("exact_match  0.0, best is 1") == true)
  }

  @Test func `an answer in the words of an example is sound`() throws {
    let samples = """
      num_fewshot: 1
      fewshot_config:
        sampler: first_n
        samples:
          - {question: one, answer: "Two minus one. So it is 1, surely."}

      """
    let (result, report) = try test(
      Self.generating + samples + Self.pipeline("So it is ([0-9]+)"),
      rows: #"{"question": "a", "answer": "12"}"#)
    #expect(result.isSound)
    #expect(result.pipelines.first?.countAsInExamples == 1)
    #expect(result.pipelines.first?.wording?.answer == "Two minus one. So it is 12, surely.")
    #expect(report.findings.map(\.code.name) == ["missing-version"])
  }

  @Test func `words that only the filter knows are advised against`() throws {
    let (result, report) = try test(
      Self.generating + Self.pipeline("(?i)the answer is:? ([0-9]+)\\\\b"),
      rows: #"{"question": "a", "answer": "12"}"#)
    #expect(result.isSound)
    #expect(result.pipelines.first?.countAsInPattern == 1)
    #expect(result.pipelines.first?.wording?.answer == "the answer is 12")
    #expect(report.findings.contains { $0.code == "unasked-wording" })
    let (_, asked) = try test(
      "description: \"End with: The answer is N.\"\n" + Self.generating
        + Self.pipeline("(?i)the answer is:? ([0-9]+)\\\\b"),
      rows: #"{"question": "a", "answer": "12"}"#)
    #expect(!asked.findings.contains { $0.code == "unasked-wording" })
  }

  @Test func `a stop string in the right answer spoils it`() throws {
    let (result, _) = try test(
      Self.generating + "metric_list: [{metric: exact_match}]\n",
      rows: #"{"question": "a", "answer": "one\ntwo"}"#)
    #expect(result.pipelines.first?.failures.first?.answer == "one")
  }

  @Test func `a delimiter that nothing takes away is told apart`() throws {
    let body = """
      doc_to_text: "Q: {{question}} A:"
      doc_to_target: "{{answer}}"
      generation_kwargs: {until: ["\\n"]}
      metric_list: [{metric: exact_match}]

      """
    let (result, report) = try test(body, rows: #"{"question": "a", "answer": "12"}"#)
    #expect(result.isSound)
    #expect(result.pipelines.first?.countLostBehindDelimiter == 1)
    #expect(report.findings.contains { $0.code == "gold-lost-behind-delimiter" })
  }

  @Test func `one of several right answers is enough`() throws {
    let body = """
      doc_to_text: "{{question}}"
      doc_to_target: "{{answers}}"
      target_delimiter: ""
      metric_list: [{metric: exact_match}]

      """
    let (result, _) = try test(body, rows: #"{"question": "a", "answers": ["x", "y"]}"#)
    #expect(result.isSound)
    #expect(result.documentCount == 1)
  }

  // MARK: - Likelihoods

  private static let choosing = """
    output_type: multiple_choice
    doc_to_text: "{{question}}"
    doc_to_choice: "{{choices}}"
    doc_to_target: "{{label}}"
    metric_list: [{metric: acc}, {metric: acc_norm}, {metric: brier_score}, {metric: mcc}]

    """

  @Test func `the right choice wins in every metric`() throws {
    let (result, _) = try test(
      Self.choosing,
      rows: """
        {"question": "a", "choices": ["x", "y z", "w"], "label": 1}
        {"question": "a", "choices": ["x", "y z", "w"], "label": 2}
        """)
    #expect(result.isSound)
    #expect(result.unmeasured == [])
    #expect(result.documentCount == 2)
  }

  @Test func `of equal choices only the first can win`() throws {
    let (result, _) = try test(
      Self.choosing, rows: #"{"question": "a", "choices": ["x", "y", "y"], "label": 2}"#)
    #expect(result.pipelines.first?.failureCount == 1)
  }

  @Test func `a right answer that is no choice has a finding of its own`() throws {
    let (result, report) = try test(
      Self.choosing,
      rows: """
        {"question": "a", "choices": ["x", "y"], "label": 2}
        {"question": "a", "choices": ["x", "y"], "label": 1}
        """)
    #expect(result.isSound)
    #expect(result.withoutGold == 1)
    #expect(
      report.findings.first { $0.code == "gold-not-a-choice" }?.message
        == "1 of 2 rows has a right answer that is none of the choices: 2 in row 0")
  }

  @Test func `likelihoods of one text are tested, and perplexities left out`() throws {
    let one = "output_type: loglikelihood\ndoc_to_text: \"{{question}}\"\ndoc_to_target: \"{{answer}}\"\n"
    let rows = #"{"question": "a", "answer": " b"}"#
    let (result, _) = try test(one + "metric_list: [{metric: acc}, {metric: perplexity}]\n", rows: rows)
    #expect(result.isSound)
    #expect(result.unmeasured == ["perplexity"])
    let (alone, _) = try test(one + "metric_list: [{metric: perplexity}]\n", rows: rows)
    #expect(alone.leftOut == "no metric of it has a best score")
    let (rolling, _) = try test(
      "output_type: loglikelihood_rolling\ndoc_to_target: \"{{answer}}\"\n", rows: rows)
    #expect(rolling.leftOut == "a perplexity has no best score")
  }

  @Test(arguments: ["bleu", "chrf", "ter", "rouge1", "wer"])
  func `a text that is the right one is best in metrics of texts`(_ metric: String) throws {
    let (result, _) = try test(
      Self.generating + "metric_list: [{metric: \(metric)}]\n",
      rows: #"{"question": "a", "answer": "so be it"}"#)
    #expect(result.isSound)
    #expect(result.unmeasured == [])
    let (lower, _) = try test(
      Self.generating + "filter_list: [{name: u, filter: [{function: uppercase}, {function: take_first}]}]\n"
        + "metric_list: [{metric: \(metric)}]\n",
      rows: #"{"question": "a", "answer": "so be it"}"#)
    // sacrebleu's edit rate is blind to case.
    #expect(lower.pipelines.isEmpty == false)
  }

  // MARK: - Functions

  private static let foreign = """
    doc_to_text: "{{question}}"
    doc_to_target: "{{answer}}"
    target_delimiter: ""
    process_results: !function utils.score
    metric_list: [{metric: exact_match}]

    """

  @Test func `functions are called only where that is allowed`() throws {
    let files = ["t.yaml": Self.head + Self.foreign, "rows.jsonl": #"{"question": "a", "answer": "b"}"#]
    let report = try Linting(files).run { folder, request in
      var request = request
      request.datasets = DatasetStore(mirrors: [], workingDirectory: folder.path)
      request.isSelfTesting = true
      return Linter().check(request)
    }
    #expect(report.withPython == ["demo"])
    #expect(report.selfTests.isEmpty)
  }

  @Test(arguments: [("1", true), ("0", false)])
  func `a function's number is the score`(_ number: String, _ isSound: Bool) throws {
    let score = Double(number) ?? 0
    let (result, report) = try test(Self.foreign, rows: #"{"question": "a", "answer": "b"}"#) { request in
      request.functions = .host(
        ScriptedFunctions(["utils.score": { _ in ["exact_match": .double(score)] }]))
    }
    #expect(result.isSound == isSound)
    let finding = report.findings.first { $0.code == "gold-scores-low" }
    #expect(finding?.severity == (isSound ? nil : .warning))
  }

  @Test func `a task whose target is the same everywhere is left out when a function scores it`() throws {
    let body = Self.foreign.replacing("\"{{answer}}\"", with: "0")
    let (result, _) = try test(body, rows: #"{"question": "a"}"#) { request in
      request.functions = .host(ScriptedFunctions(["utils.score": { _ in ["exact_match": 0] }]))
    }
    #expect(result.leftOut == "a function scores it, and `doc_to_target` is the same for all rows")
  }
}
