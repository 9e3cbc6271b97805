import Datasets
import Diagnostics
import Foundation
import Lint
import TaskDSL
import TestKit
import Testing
import YAML

/// What `Documentation/Differences.md` says of files and of mistakes that show before the run.
@Suite struct `the differences from the harness` {
  @Test(arguments: [
    ("metric_list: [{metric: exact_macth}]", "unknown-metric"),
    ("metric_list: [{metric: exact_match, aggregation: avarage}]", "unknown-aggregation"),
    ("metric_list: [{metric: exact_match, ignore_cas: true}]", "unknown-key"),
    ("filter_list: [{name: a, filter: [{function: regex, patern: x}]}]", "unknown-key"),
    ("filter_list: [{name: a, filter: [{function: take_first_k, k: 2}]}]", "too-few-answers"),
  ])
  func `what the harness finds late is found before the run`(_ line: String, _ code: String) throws {
    #expect(try codes(task(line)) == [code])
  }

  @Test func `a diamond of includes is fine`() throws {
    let files = [
      "base": "output_type: generate_until\n", "left": "include: base\n", "right": "include: base\n",
      "t.yaml": "include: [left, right]\n" + task(""),
    ]
    #expect(try codes(files) == [])
  }

  @Test func `settings beside a group's name reach each of its tasks`() throws {
    let files = [
      "a.yaml": task("", name: "a"), "b.yaml": task("", name: "b"), "g.yaml": "group: g\ntask: [a, b]\n",
      "t.yaml": "group: t\ntask:\n  - task: g\n    repeats: 3\n",
    ]
    try inFolder(files) { folder in
      var index = TaskIndex(roots: [folder.path])
      var findings = Findings()
      let leaves = index.select(["t"], &findings).flatMap(\.leaves)
      #expect(leaves.map(\.name) == ["a", "b"])
      #expect(leaves.allSatisfy { $0.node["repeats"]?.scalar?.text.text == "3" })
    }
  }

  private func task(_ line: String, name: String = "t") -> String {
    """
    task: \(name)
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{q}}"
    doc_to_target: "{{a}}"
    \(line)
    """ + "\n"
  }

  private func codes(_ task: String) throws -> [String] { try codes(["t.yaml": task]) }

  private func codes(_ files: [String: String]) throws -> [String] {
    try inFolder(files) { folder in
      var request = LintRequest()
      request.folders = [folder.path]
      request.workingDirectory = folder.path
      request.datasets = DatasetStore(mirrors: [], workingDirectory: folder.path)
      request.leastSeverity = .error
      let report = Linter().check(request)
      return report.findings.map(\.code.name)
    }
  }

  private func inFolder<Result>(_ files: [String: String], _ body: (URL) throws -> Result) throws -> Result {
    try temporaryFolder { folder in
      for (path, text) in files { try folder.write(text, to: path) }
      try folder.write(#"{"q": "1 + 1", "a": "2"}"# + "\n", to: "rows.jsonl")
      return try body(folder)
    }
  }
}
