import Datasets
import Diagnostics
import Exchange
import Foundation
import Runs
import TaskDSL
import TestKit
import Testing
import Values

/// Fails where the prompt says so, and counts what it is asked.
private struct Flaky: Backend {
  let failing: Set<String>
  var note: AnswerNote?
  var abilities: Abilities { .all }

  func answer(_ requests: [Request], to delivery: Delivery) async throws(BackendError) {
    for (index, request) in requests.enumerated() {
      if Task.isCancelled { throw BackendError(.cancelled, "cancelled") }
      let prompt = request.arguments.asList?.first?.text ?? ""
      if failing.contains(prompt) {
        delivery.failed(index, BackendError(.unreachable, "status 500"))
      } else {
        if let note { delivery.noted(index, note) }
        delivery.answer(index, .text(prompt))
      }
    }
  }
}

@Suite struct `requests that fail` {
  private func evaluation(_ backend: Flaky, count: Int = 20) throws -> Evaluation {
    try temporaryFolder { folder in
      try folder.write(
        """
        task: t
        test_split: test
        dataset_path: json
        dataset_kwargs: {data_files: {test: rows.jsonl}}
        doc_to_text: "{{ q }}"
        doc_to_target: "{{ q }}"
        output_type: generate_until
        metric_list: [{metric: exact_match}]
        """, to: "t.yaml")
      try folder.write((0..<count).map { "{\"q\": \"q\($0)\"}\n" }.joined(), to: "rows.jsonl")
      var index = TaskIndex(roots: [folder.path])
      var findings = Findings()
      let members = index.select(["t"], &findings)
      let compiler = TaskCompiler(datasets: DatasetStore(mirrors: [], workingDirectory: folder.path))
      let plan = try #require(compiler.compile(members, &findings))
      return Evaluation(plan: plan, backend: backend, bootstrapIterations: 0)
    }
  }

  @Test func `leave their documents out of the score, and are told`() async throws {
    let results = try await evaluation(Flaky(failing: ["q3", "q7"])).run()
    #expect(!results.isComplete)
    #expect(results.counts["t"]?.missing == 2)
    #expect(results.counts["t"]?.documents == 20)
    #expect(results.tasks.first?.sampleLength == 18)
    #expect(results.tasks.first?.scores.first?.value == 1)
    #expect(results.failedRequests.map(\.error.message) == ["status 500", "status 500"])
  }

  @Test func `end the run where there are more than allowed`() async throws {
    var evaluation = try evaluation(Flaky(failing: ["q3", "q7", "q9"]))
    evaluation.failureLimit = try #require(FailureLimit("2"))
    let error = await #expect(throws: RunError.self) { try await evaluation.run() }
    #expect(error?.message.hasPrefix("3 of 20 requests failed") == true)
    evaluation.failureLimit = try #require(FailureLimit("15%"))
    #expect(try await evaluation.run().counts["t"]?.missing == 3)
    evaluation.failureLimit = try #require(FailureLimit("14%"))
    await #expect(throws: RunError.self) { try await evaluation.run() }
  }

  @Test func `leave no numbers where all of them do`() async throws {
    var evaluation = try evaluation(Flaky(failing: Set((0..<20).map { "q\($0)" })))
    evaluation.failureLimit = try #require(FailureLimit("100%"))
    let results = try await evaluation.run()
    #expect(results.tasks.isEmpty)
    #expect(results.failures.map(\.message) == ["20 of 20 documents have no answer"])
  }

  @Test func `are no loss for a caller of one request after the other`() async throws {
    let requests = try evaluation(Flaky(failing: [])).plan.graph.requests
    let error = await #expect(throws: BackendError.self) {
      try await Flaky(failing: ["q3"]).answer(requests)
    }
    #expect(error?.message == "status 500")
  }

  @Test func `differ from odd answers, which are counted beside the score`() async throws {
    let results = try await evaluation(Flaky(failing: [], note: .truncated)).run()
    #expect(results.isComplete)
    #expect(results.counts["t"]?.notes == [.truncated: 20])
  }

  @Test(arguments: ["", "x", "-1", "101%", "%", "1.5"])
  func `have limits that make sense`(_ text: String) { #expect(FailureLimit(text) == nil) }
}
