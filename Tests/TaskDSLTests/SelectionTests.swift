import Datasets
import Diagnostics
import Exchange
import Foundation
import TaskDSL
import TestKit
import Testing
import Values
import YAML

@Suite struct `what is asked for` {
  static let files = [
    "one/a.yaml": "task: a\ntag: [all, few]\ndescription: first\n", "one/b.yaml": "task: ab\ntag: all\n",
    "one/c.yml": "task: never\n", "one/base.yaml": "description: a base\n",
    "one/__pycache__/d.yaml": "task: never\n", "one/g.yaml": "group: g\ntask: [a]\n",
    "two/a.yaml": "task: a\ntag: all\ndescription: second\n", "two/x.yaml": "task: x\n",
  ]

  @Test func `is found by name, by glob and by tag, each once`() throws {
    try Bench.with(Self.files) { bench in
      let index = bench.index("one")
      #expect(index.names == ["a", "ab", "all", "few", "g"])
      #expect(bench.select("a", "a", from: index).members.map(\.name) == ["a"])
      #expect(bench.select("a*", from: index).members.map(\.name) == ["a", "ab"])
      #expect(bench.select("?", from: index).members.map(\.name) == ["g"])
      #expect(bench.select("[!g]", from: index).members.map(\.name) == ["a"])
      #expect(bench.select("all", "few", from: index).members.map(\.name) == ["a", "ab"])
      #expect(bench.select("A", from: index).messages == ["unknown-task --tasks:1"])
    }
  }

  @Test func `stays with its group where both are asked for`() throws {
    try Bench.with(Self.files) { bench in
      let (members, messages) = bench.select("a", "g", from: bench.index("one"))
      #expect(messages.isEmpty)
      #expect(members.map(\.outline) == ["g[a]"])
    }
  }

  @Test func `comes from the later folder where a name is in two`() throws {
    try Bench.with(Self.files) { bench in
      let index = bench.index("one", "two")
      #expect(index.entries["a"]?.node?["description"]?.value == "second")
      #expect(bench.select("all", from: index).members.map(\.name) == ["a"])
      #expect(bench.select("few", from: index).members.map(\.name) == ["a"])
      #expect(index.findings.all.contains { $0.severity == .warning })
      #expect(bench.index("two", "one").entries["a"]?.node?["description"]?.value == "first")
    }
  }

  @Test func `is the first of one name in one folder`() throws {
    let files = [
      "b.yaml": "task: t\nx: later\n", "a.yaml": "task: t\nx: first\n", "a/z.yaml": "task: t\nx: 3\n",
    ]
    try Bench.with(files) { bench in
      let index = bench.index()
      #expect(index.entries["t"]?.node?["x"]?.value == "first")
      #expect(index.findings.all.count == 2)
    }
  }

  @Test func `may be a file or the files of a folder`() throws {
    try Bench.with(Self.files) { bench in
      #expect(bench.select("./two/x.yaml", from: TaskIndex()).members.map(\.name) == ["x"])
      #expect(bench.select("./two", from: TaskIndex()).members.map(\.name) == ["a", "x"])
      #expect(bench.select("./one/base.yaml", from: TaskIndex()).messages == ["not-a-task --tasks:1"])
      #expect(bench.select("./one/nothing.yaml", from: TaskIndex()).messages == ["unreadable-file --tasks:1"])
    }
  }

  @Test func `is told from a folder that is not there`() throws {
    try Bench.with(Self.files) { bench in
      let index = bench.index("one", "three")
      #expect(index.broken.flatMap { $0.findings.all.map(\.code.name) } == ["missing-folder"])
      #expect(index.names.contains("a"))
    }
  }

  @Test func `names Python functions, which are refused at their place`() throws {
    let text = """
      include: base
      task: t
      process_docs: !function utils.docs
      doc_to_target: !function utils.target
      fewshot_config:
        sampler: !function utils.sampler
      metric_list:
        - metric: !function utils.metric
        - metric: exact_match
          aggregation: !function utils.mean
      """
    try Bench.with(["t.yaml": text, "base": Sample.base, "rows.jsonl": Sample.rows]) { bench in
      let (plan, messages) = bench.compile("t")
      #expect(plan == nil)
      #expect(messages == [3, 4, 6, 8, 10].map { "python-function t.yaml:\($0)" })
    }
  }
}
