import Datasets
import Diagnostics
import Exchange
import Foundation
import TaskDSL
import TestKit
import Testing
import Values
import YAML

@Suite struct `the request graph of tasks` {
  static let files = [
    "base": Sample.base, "rows.jsonl": Sample.rows, "t.yaml": "include: base\ntask: t\n",
    "copy.yaml": "include: base\ntask: copy\n",
    "told.yaml": "include: base\ntask: told\ndescription: \"Be brief. \"\n",
  ]

  /// What Python's `hashlib` gives for `json.dumps(["generate_until", ["a", {"temperature": 0.0, …}], 0])`, and for "b".
  static let hashes = [
    "5c1ef54596ca94b3c58b2ebce7d10231d53c0df95518ab1a9c6a939d7d992f67",
    "89da6c4b1c0818985ddd3fbd103a95ee5816051f1233ebf8bc85793067afad87",
  ]

  @Test func `holds equal requests once, within a task and between tasks`() throws {
    try Bench.with(Self.files) { bench in
      let (plan, messages) = bench.compile("t", "copy")
      #expect(messages.isEmpty)
      let found = try #require(plan)
      #expect(found.tasks.map { $0.documents.map { $0.requests[0][0] } } == [[0, 1, 0], [0, 1, 0]])
      #expect(found.graph.requests.count == 2)
      #expect(found.requestLines.count == 6)
    }
  }

  @Test func `shares what prompts have in common`() throws {
    try Bench.with(Self.files) { bench in
      let graph = try #require(bench.compile("told").plan).graph
      // The root, the description, and two questions after it.
      #expect(graph.tree.nodeCount == 4)
      let lines = try graph.lines.map { try Value(json: $0) }
      #expect(lines.compactMap { $0.asMap?["parent"]?.asInt } == [0, 1, 1])
      #expect(lines.compactMap { $0.asMap?["origin"]?.text } == ["description", "question", "question"])
      #expect(lines.compactMap { $0.asMap?["context"]?.asInt } == [2, 3])
    }
  }

  @Test func `is named by its content, wherever its files lie`() throws {
    let first = try Bench.with(Self.files) { try #require($0.compile("t").plan).graph }
    let second = try Bench.with(Self.files) { try #require($0.compile("copy").plan).graph }
    let other = try Bench.with(Self.files) { try #require($0.compile("told").plan).graph }
    #expect(RequestHashes(first).whole == RequestHashes(second).whole)
    #expect(RequestHashes(first).whole != RequestHashes(other).whole)
    #expect(RequestHashes(first).each == Self.hashes)
  }

  @Test func `keeps drawn repetitions apart and greedy ones together`() throws {
    func count(_ temperature: String) throws -> Int {
      var files = Self.files
      files["t.yaml"] =
        "include: base\ntask: t\nrepeats: 3\ngeneration_kwargs: {do_sample: \(temperature != "0.0"), temperature: \(temperature)}\n"
      return try Bench.with(files) { try #require($0.compile("t").plan).graph.requests.count }
    }
    #expect(try count("0.0") == 2)
    #expect(try count("0.7") == 6)
  }
}
