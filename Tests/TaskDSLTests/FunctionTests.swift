import Datasets
import Diagnostics
import Exchange
import Foundation
import Lint
import TaskDSL
import TestKit
import Testing
import Values

@Suite struct `Python functions that a task names` {
  private static let base = """
    task: t
    dataset_path: json
    dataset_kwargs:
      data_files: {test: rows.jsonl}
    test_split: test
    doc_to_text: "{{ q }}"
    doc_to_target: a

    """
  private static func files(_ more: String, _ base: String = base) -> [String: String] {
    [
      "t.yaml": base + more,
      "rows.jsonl": (0..<5).map { "{\"q\": \"q\($0)\", \"a\": \"a\($0)\"}\n" }.joined(),
    ]
  }

  private func prompts(_ plan: Plan?) -> [String] {
    plan?.graph.requests.map { $0.arguments.asList?[0].text ?? "" } ?? []
  }

  @Test func `are refused where none is run, at the place that names them`() throws {
    try Bench.with(Self.files("process_docs: !function utils.fewer\n")) { bench in
      #expect(bench.compile("t").messages == ["python-function t.yaml:8"])
    }
  }

  @Test func `change a split's rows before anything is made of them`() throws {
    let functions = ScriptedFunctions([
      "utils.fewer": { table throws(ForeignError) in
        let rows = try ForeignTable(table).rows
        return ForeignTable(columns: ["q", "a"], rows: Array(rows.suffix(2))).value
      }
    ])
    try Bench.with(Self.files("process_docs: !function utils.fewer\n")) { bench in
      let (plan, messages) = bench.compile("t", functions: .host(functions))
      #expect(messages == [])
      #expect(prompts(plan) == ["q3", "q4"])
      #expect(functions.calls == ["rows.process utils.fewer 5"])
    }
  }

  @Test func `phrase many rows in one call, and only those that are asked for`() throws {
    let functions = ScriptedFunctions([
      "utils.ask": { row throws(ForeignError) in .string("Say \(row.asMap?["q"]?.text ?? "")!") }
    ])
    let files = Self.files("", Self.base.replacing("\"{{ q }}\"", with: "!function utils.ask"))
    try Bench.with(files) { bench in
      let (plan, messages) = bench.compile(
        "t", options: CompileOptions(samples: ["t": [2, 4]]), functions: .host(functions))
      #expect(messages == [])
      #expect(prompts(plan) == ["Say q2!", "Say q4!"])
      // The first row tells what kind of task it is.
      #expect(functions.calls == ["rows.map utils.ask 3"])
    }
  }

  @Test func `that fail for a row are errors with its number`() throws {
    let functions = ScriptedFunctions([
      "utils.ask": { row throws(ForeignError) in
        if row.asMap?["q"] == "q3" { throw ForeignError(.raised, "`utils.ask` raised KeyError: 'x'") }
        return row.asMap?["q"] ?? .null
      }
    ])
    let files = Self.files("", Self.base.replacing("\"{{ q }}\"", with: "!function utils.ask"))
    try Bench.with(files) { bench in
      #expect(bench.compile("t", functions: .host(functions)).messages == ["python-raised t.yaml:6"])
      let few = bench.compile("t", options: CompileOptions(limit: 3), functions: .host(functions))
      #expect(few.messages == [])
    }
  }

  @Test func `make the data in the place of a data set`() throws {
    let functions = ScriptedFunctions([
      "utils.make": { keywords throws(ForeignError) in
        let size = keywords.asMap?["size"]?.asInt ?? 0
        let rows = (0..<size).map { OrderedMap([("q", .int($0)), ("a", "x")]) }
        return ["test": ForeignTable(columns: ["q", "a"], rows: rows).value]
      }
    ])
    let files = Self.files(
      "custom_dataset: !function utils.make\nmetadata: {size: 3}\n",
      "task: t\ntest_split: test\ndoc_to_text: \"{{ q }}\"\ndoc_to_target: a\n")
    try Bench.with(files) { bench in
      #expect(prompts(bench.compile("t", functions: .host(functions)).plan) == ["0", "1", "2"])
      let more = CompileOptions(metadata: ["size": 4])
      #expect(prompts(bench.compile("t", options: more, functions: .host(functions)).plan).count == 4)
    }
    let elsewhere = files.mapValues { $0.replacing("test_split: test", with: "test_split: dev") }
    try Bench.with(elsewhere) { bench in
      #expect(bench.compile("t", functions: .host(functions)).messages == ["missing-split t.yaml:2"])
    }
  }

  @Test func `give the examples, and choose them`() throws {
    let functions = ScriptedFunctions([
      "utils.examples": { _ throws(ForeignError) in [["q": "e0", "a": "f0"], ["q": "e1", "a": "f1"]] },
      "utils.Last": { call throws(ForeignError) in
        let pool = try ForeignTable(call.asMap?["table"] ?? .null).rows
        let documents = call.asMap?["excluded"]?.asList ?? []
        return .list(documents.map { _ in .list(pool.suffix(1).map { .map($0) }) })
      },
    ])
    let more = """
      num_fewshot: 1
      fewshot_config:
        sampler: !function utils.Last
        samples: !function utils.examples

      """
    try Bench.with(Self.files(more)) { bench in
      let (plan, messages) = bench.compile(
        "t", options: CompileOptions(limit: 2), functions: .host(functions))
      #expect(messages == [])
      #expect(prompts(plan) == ["e1 f1\n\nq0", "e1 f1\n\nq1"])
    }
  }

  @Test func `may list examples with other columns than the rows, where templates ask for that`() throws {
    let functions = ScriptedFunctions([
      "utils.examples": { _ throws(ForeignError) in [["q": "e0", "few": "1"]] }
    ])
    let base = Self.base.replacing(
      "doc_to_target: a", with: "doc_to_target: \"{{ a if few is undefined else q }}\"")
    let more = "num_fewshot: 1\nfewshot_config: {sampler: first_n, samples: !function utils.examples}\n"
    try Bench.with(Self.files(more, base)) { bench in
      let (plan, messages) = bench.compile(
        "t", options: CompileOptions(limit: 1), functions: .host(functions))
      #expect(messages == [])
      #expect(prompts(plan) == ["e0 e0\n\nq0"])
    }
  }

  @Test func `that are missing are found before any row is read`() throws {
    let more = "metric_list:\n  - metric: !function utils.gone\n    aggregation: mean\n"
    try Bench.with(Self.files(more)) { bench in
      let functions = ScriptedFunctions([:])
      #expect(bench.compile("t", functions: .host(functions)).messages == ["missing-function t.yaml:9"])
    }
  }

  @Test func `are looked for beside the file that names them`() throws {
    let folders = [
      "base/base.yaml": "process_docs: !function utils.same\n",
      "tasks/t.yaml": "include: ../base/base.yaml\n"
        + Self.base.replacing("rows.jsonl", with: "../rows.jsonl"),
      "rows.jsonl": "{\"q\": \"q0\", \"a\": \"a0\"}\n",
    ]
    try Bench.with(folders) { bench in
      var request = LintRequest()
      request.folders = ["\(bench.folder.path)/tasks"]
      request.datasets = .init(mirrors: [], workingDirectory: ".")
      request.leastSeverity = .warning
      let report = Linter().check(request)
      #expect(report.withPython == ["t"])
      #expect(report.findings.map(\.code.name) == ["missing-python-file"])
      #expect(report.findings.first?.message.contains("/base/utils.py") == true)
    }
  }
}
