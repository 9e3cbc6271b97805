import Datasets
import Diagnostics
import Exchange
import Foundation
import TaskDSL
import TestKit
import Testing
import Values
import YAML

/// Rows q0 … q29, so that a prompt tells which were drawn.
@Suite struct `examples` {
  private static func drawn(_ more: String, limit: Double = 3, options: CompileOptions = CompileOptions())
    throws -> [[Int]]
  {
    let rows = (0..<30).map { "{\"q\": \"q\($0)\", \"a\": \"a\"}" }.joined(separator: "\n")
    let text = """
      task: t
      dataset_path: json
      dataset_kwargs: {data_files: {train: rows.jsonl, test: rows.jsonl}}
      training_split: train
      doc_to_text: "{{q}}."
      doc_to_target: "{{a}}"
      \(more)
      """
    var options = options
    options.limit = limit
    return try Bench.with(["t.yaml": text, "rows.jsonl": rows]) { bench in
      let (plan, messages) = bench.compile("t", options: options)
      #expect(messages.isEmpty)
      return try #require(plan).graph.requests.map { request in
        guard case .generate(let context, _) = request.ask else { return [] }
        let numbers = context.text.matches(of: /q(\d+)\./).compactMap { Int($0.1) }
        return Array(numbers.dropLast())
      }
    }
  }

  @Test func `are those that the harness draws with seed 1234`() throws {
    #expect(try Self.drawn("test_split: test\nnum_fewshot: 2") == [[24, 14], [3, 0], [2, 29]])
  }

  @Test func `leave out the document where its split is drawn from`() throws {
    let shared = "test_split: test\nfewshot_split: test\nnum_fewshot: 2"
    #expect(try Self.drawn(shared) == [[24, 14], [0, 2], [25, 18]].map { $0 })
  }

  @Test func `are the first ones with first_n`() throws {
    let first = "test_split: test\nnum_fewshot: 3\nfewshot_config: {sampler: first_n}"
    #expect(try Self.drawn(first) == [[0, 1, 2], [0, 1, 2], [0, 1, 2]])
    let without = "test_split: test\nfewshot_split: test\nnum_fewshot: 2\nfewshot_config: {sampler: first_n}"
    #expect(try Self.drawn(without) == [[1, 2], [0, 2], [0, 1]])
  }

  @Test func `are as many as the command line says, but none where the task insists`() throws {
    let options = CompileOptions(shots: 1)
    #expect(try Self.drawn("test_split: test\nnum_fewshot: 4", options: options).map(\.count) == [1, 1, 1])
    #expect(try Self.drawn("test_split: test", options: options).map(\.count) == [1, 1, 1])
    #expect(try Self.drawn("test_split: test\nnum_fewshot: 0", options: options).map(\.count) == [0, 0, 0])
  }

  @Test func `differ with the seed`() throws {
    let text = "test_split: test\nnum_fewshot: 2"
    #expect(try Self.drawn(text, options: CompileOptions(fewshotSeed: 7)) != Self.drawn(text))
  }

  /// The harness parts examples whose chosen answer is an empty choice, and not those that have no answer.
  @Test(arguments: [true, false])
  func `with an empty choice are still examples`(_ hasChoices: Bool) throws {
    let prompt = hasChoices ? "\"q24. \\n\\nq0.\"" : "\"q24.q0.\""
    let rows = (0..<30).map { "{\"q\": \"q\($0)\", \"a\": \"\"}" }.joined(separator: "\n")
    let text = """
      task: t
      dataset_path: json
      dataset_kwargs: {data_files: {train: rows.jsonl, test: rows.jsonl}}
      training_split: train
      test_split: test
      output_type: \(hasChoices ? "multiple_choice" : "generate_until")
      doc_to_text: "{{q}}."
      doc_to_choice: \(hasChoices ? "\"{{[a, q]}}\"" : "null")
      doc_to_target: \(hasChoices ? "0" : "a")
      num_fewshot: 1
      """
    try Bench.with(["t.yaml": text, "rows.jsonl": rows]) { bench in
      let (plan, messages) = bench.compile("t", options: CompileOptions(limit: 1))
      #expect(messages.isEmpty)
      let lines = try #require(plan).requestLines
      #expect(lines.first?.contains(prompt) == true)
    }
  }
}
