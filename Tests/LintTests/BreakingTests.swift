import Datasets
import Diagnostics
import Foundation
import Lint
import TestKit
import Testing

@Suite struct `changes since an earlier version` {
  private static let task = """
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "Q: {{question}} A:"
    doc_to_target: "{{answer}}"
    generation_kwargs: {until: ["\\n"]}
    metric_list:
      - metric: exact_match
    metadata: {version: 1}

    """
  private static let rows = """
    {"question": "1 + 1", "answer": "2"}
    {"question": "2 + 2", "answer": "4"}

    """

  private func report(_ old: [String: String], _ new: [String: String]) throws -> BreakingReport {
    try temporaryFolder { folder in
      for (name, files) in [("old", old), ("new", new)] {
        for (path, text) in files { try folder.write(text, to: "\(name)/\(path)") }
        if files["rows.jsonl"] == nil { try folder.write(Self.rows, to: "\(name)/rows.jsonl") }
      }
      func side(_ name: String) -> BreakingCheck.Side {
        let top = folder.appending(path: name).path
        return BreakingCheck.Side(
          top: top, paths: ["."], roots: [], datasets: DatasetStore(mirrors: [], workingDirectory: top))
      }
      return BreakingCheck(old: side("old"), named: "before", new: side("new")).run()
    }
  }

  private func report(_ changed: String) throws -> BreakingReport {
    try report(["t.yaml": Self.task], ["t.yaml": changed])
  }

  @Test func `the same files are unchanged`() throws {
    let report = try report(Self.task)
    #expect(report.entries.map(\.state) == [.unchanged])
    #expect(report.findings.isEmpty)
    #expect(!report.isBreaking)
  }

  @Test(arguments: [
    ("Q: {{question}} A:", "Question: {{question}} A:", "prompt-changed"),
    ("\"{{answer}}\"", "\"{{answer}}.\"", "answer-changed"),
    ("until: [\"\\n\"]", "until: [\"\\n\\n\"]", "generation-changed"),
    ("metric: exact_match", "metric: exact_match\n    ignore_case: true", "metrics-changed"),
    ("metric: exact_match", "metric: rouge1", "metrics-changed"),
    (
      "metric_list:",
      "filter_list: [{name: none, filter: [{function: lowercase}, {function: take_first}]}]\nmetric_list:",
      "filters-changed"
    ),
    ("test_split: test", "test_split: test\nnum_fewshot: 1", "examples-changed"),
    ("test_split: test", "test_split: test\nfewshot_delimiter: \"\\n\"", "examples-changed"),
    ("test_split: test", "test_split: test\nrepeats: 2", "generation-changed"),
    ("test_split: test", "test_split: test\ndataset_name: other", "data-changed"),
  ])
  func `what can change scores is found`(_ from: String, _ to: String, _ code: String) throws {
    let changed = Self.task.replacing(from, with: to)
    #expect(changed != Self.task)
    let report = try report(changed)
    #expect(report.findings.contains { $0.code.name == code && $0.severity == .error }, "\(report.findings)")
    #expect(report.isBreaking)
    let moved = try self.report(changed.replacing("version: 1", with: "version: 2"))
    #expect(moved.findings.contains { $0.code.name == code && $0.severity == .note })
    #expect(!moved.findings.contains { $0.severity == .error })
    #expect(!moved.isBreaking)
  }

  @Test(arguments: [
    ("\"Q: {{question}} A:\"", "'Q: {{ question }} A:' # the question"),
    (
      "metric: exact_match",
      "metric: exact_match\n    aggregation: mean\n    higher_is_better: true\n    ignore_case: false"
    ),
    ("metric_list:", "filter_list: [{name: none, filter: [{function: take_first}]}]\nmetric_list:"),
    ("test_split: test", "test_split: test\noutput_type: generate_until\nrepeats: 1"),
    ("task: demo", "task: demo\ntask_alias: a demo\ntag: [demos]"),
    ("metadata: {version: 1}", "metadata: {version: 1, author: somebody}"),
  ])
  func `another way to write the same is none`(_ from: String, _ to: String) throws {
    let changed = Self.task.replacing(from, with: to)
    #expect(changed != Self.task)
    #expect(try report(changed).findings.map(\.message) == [])
  }

  @Test func `a base that is included counts as what it makes of the task`() throws {
    let base = Self.task.replacing("task: demo\n", with: "")
    let included = "task: demo\ninclude: base\n"
    let same = try report(["t.yaml": Self.task], ["t.yaml": included, "base": base])
    #expect(same.findings.map(\.message) == [])
    let other = try report(
      ["t.yaml": Self.task], ["t.yaml": included, "base": base.replacing("Q:", with: "?")])
    #expect(other.findings.map(\.code.name) == ["prompt-changed"])
  }

  @Test func `other rows are a change of the data alone`() throws {
    let report = try report(
      ["t.yaml": Self.task], ["t.yaml": Self.task, "rows.jsonl": Self.rows.replacing("2 + 2", with: "2+2")])
    #expect(report.findings.map(\.message) == ["demo: 1 of 2 rows of `test` changed, the first is row 1"])
    let more = try self.report(
      ["t.yaml": Self.task],
      ["t.yaml": Self.task, "rows.jsonl": Self.rows + "{\"question\": \"a\", \"answer\": \"b\"}\n"])
    #expect(more.findings.map(\.message) == ["demo: the split `test` has 3 rows, and had 2"])
  }

  @Test func `without rows prompts are compared over rows that are made up`() throws {
    let far = Self.task.replacing("dataset_path: json", with: "dataset_path: owner/far").replacing(
      "dataset_kwargs: {data_files: {test: rows.jsonl}}\n", with: "")
    let changed = try report(
      ["t.yaml": far], ["t.yaml": far.replacing("{{question}}", with: "{{question | trim}}")])
    #expect(changed.findings.map(\.message) == ["demo: the question changed in 1 of 4 trial rows"])
    #expect(changed.entries.first?.basis == .trialRows)
    let same = try report(["t.yaml": far], ["t.yaml": far.replacing("{{question}}", with: "{{ question }}")])
    #expect(same.findings.map(\.message) == [])
  }

  @Test func `names that come and go are told`() throws {
    let renamed = try report(
      ["t.yaml": Self.task], ["t.yaml": Self.task.replacing("task: demo", with: "task: sample")])
    #expect(renamed.findings.map(\.message) == ["the task `demo` is called `sample` now"])
    #expect(!renamed.isBreaking)
    let other = Self.task.replacing("task: demo", with: "task: other").replacing("Q:", with: "")
    let replaced = try report(["t.yaml": Self.task], ["t.yaml": other])
    #expect(
      replaced.findings.map(\.message).sorted() == ["the task `demo` is gone", "the task `other` is new"])
    let gone = try #require(replaced.findings.first { $0.code == "task-removed" })
    #expect(replaced.sources[gone.span.source]?.name == "before:t.yaml")
  }

  @Test func `a task that no longer compiles is broken`() throws {
    let report = try report(Self.task.replacing("exact_match", with: "exact_mach"))
    #expect(report.entries.map(\.state) == [.broken])
    #expect(report.isBreaking)
    #expect(report.findings.map(\.code.name) == ["unknown-metric"])
  }

  @Test func `a group has members and numbers of its own`() throws {
    let group =
      "group: both\ntask: [demo]\naggregate_metric_list: [{metric: exact_match}]\nmetadata: {version: 1}\n"
    let second = Self.task.replacing("task: demo", with: "task: second")
    let old = ["t.yaml": Self.task, "s.yaml": second, "g.yaml": group]
    var new = old
    new["g.yaml"] = group.replacing("[demo]", with: "[demo, second]")
    #expect(try report(old, new).findings.map(\.code.name) == ["members-changed"])
    new["g.yaml"] = group.replacing("exact_match}", with: "exact_match, weight_by_size: false}")
    #expect(try report(old, new).findings.map(\.code.name) == ["metrics-changed"])
    new["g.yaml"] = group.replacing("[demo]", with: "[{task: demo, num_fewshot: 1}]")
    #expect(try report(old, new).findings.map(\.code.name) == ["examples-changed"])
  }

  @Test func `the file of a function is compared and not run`() throws {
    let task = Self.task.replacing(
      "test_split: test", with: "test_split: test\nprocess_docs: !function utils.docs")
    let report = try report(
      ["t.yaml": task, "utils.py": "def docs(d):\n  return d\n"],
      ["t.yaml": task, "utils.py": "def docs(d):\n  return d.shuffle()\n"])
    #expect(report.findings.map(\.code.name) == ["function-changed"])
    #expect(report.isBreaking)
  }
}
