import TaskDSL
import TestKit
import Testing

@Suite struct `documents chosen by number` {
  private static let task = """
    task: t
    dataset_path: json
    dataset_kwargs:
      data_files: {test: rows.jsonl}
    test_split: test
    doc_to_text: "{{ q }}"
    doc_to_target: a
    """
  private static let files = [
    "t.yaml": task, "u.yaml": task.replacing("task: t", with: "task: u"),
    "rows.jsonl": (0..<5).map { "{\"q\": \"q\($0)\", \"a\": \"a\($0)\"}\n" }.joined(),
  ]

  private func compile(_ samples: [String: [Int]], _ bench: Bench) -> (ids: [[Int]], messages: [String]) {
    let (plan, messages) = bench.compile("t", "u", options: CompileOptions(samples: samples))
    return (plan?.tasks.map { $0.documents.map(\.id) } ?? [], messages)
  }

  @Test func `are taken in the order of the rows, each once, under their own numbers`() throws {
    try Bench.with(Self.files) { bench in
      let (plan, _) = bench.compile("t", options: CompileOptions(samples: ["t": [4, 1, 4]]))
      #expect(plan?.tasks[0].documents.map(\.id) == [1, 4])
      #expect(plan?.requestLines.allSatisfy { $0.contains("\"q1\"") || $0.contains("\"q4\"") } == true)
    }
  }

  @Test func `leave other tasks whole, and an empty list counts as none`() throws {
    try Bench.with(Self.files) { bench in
      #expect(compile(["t": [3]], bench).ids == [[3], [0, 1, 2, 3, 4]])
      #expect(compile(["t": []], bench).ids == [[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]])
    }
  }

  @Test(arguments: [5, -1])
  func `must be there`(number: Int) throws {
    try Bench.with(Self.files) { bench in
      #expect(compile(["u": [0, number]], bench).messages == ["sample-out-of-range u.yaml:5"])
    }
  }
}
