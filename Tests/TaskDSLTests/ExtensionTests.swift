import Datasets
import Diagnostics
import Foundation
import Lint
import TaskDSL
import TestKit
import Testing
import YAML

@Suite struct `what only Assay reads` {
  private static let task = """
    task: t
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{q}}"
    doc_to_target: a

    """
  private static let rows = "{\"q\": \"a\", \"a\": \"1\"}\n"

  /// The messages of both ways, with what differs named by the line it stands in.
  private func messages(
    _ files: [String: String], _ names: [String] = ["t"], isStrict: Bool
  ) throws -> [String] {
    try Bench.with(files.merging(["rows.jsonl": Self.rows]) { $1 }) { bench in
      var index = bench.index()
      var findings = Findings()
      let items = names.map { $0.hasSuffix(".yaml") ? "\(bench.folder.path)/\($0)" : $0 }
      let members = index.select(items, &findings)
      var options = CompileOptions()
      options.areExtensionsErrors = isStrict
      let store = DatasetStore(mirrors: [], workingDirectory: bench.folder.path)
      let plan = TaskCompiler(options: options, datasets: store).compile(members, &findings)
      #expect((plan == nil) == isStrict)
      return findings.sorted.map { finding in
        let source = index.sources[finding.span.source]
        #expect(finding.help?.hasPrefix("the harness ") == true)
        let file = source?.name.split(separator: "/").last.map(String.init) ?? ""
        return "\(finding.code.name) \(file):\(source?.position(of: finding.span.start).line ?? 0)"
      }
    }
  }

  @Test(arguments: [
    ("process_docs: {drop: q, set: {q: z}}", 7), ("fewshot_config: {process_docs: []}", 7),
    ("filter_list: [{name: a, filter: [{function: take_first}, {function: normalize}]}]", 7),
    ("filter_list: [{name: a, filter: [{function: take_first}, {function: template, template: x}]}]", 7),
    ("metric_list: [{metric: own, score: \"{{ 1 }}\", aggregation: mean}]", 7),
    ("metric_list: [{metric: rougeL}]", 7),
  ])
  func `is used as it is, and an error where only the harness's language is wanted`(
    _ line: String, _ place: Int
  ) throws {
    let files = ["t.yaml": Self.task + line + "\n"]
    #expect(try messages(files, isStrict: false) == [])
    #expect(try messages(files, isStrict: true) == ["extension t.yaml:\(place)"])
  }

  @Test func `in groups and includes is found too`() throws {
    let files = [
      "base.yml": "test_split: test\n", "left.yml": "include: base.yml\n", "right.yml": "include: base.yml\n",
      "t.yaml": "include: [left.yml, right.yml]\n" + Self.task,
      "u.yaml": Self.task.replacing("task: t", with: "task: u"),
      "g.yaml": "group: g\ntask: [u]\n",
      "h.yaml": "group: h\ntask:\n  - task: g\n    repeats: 2\n    group_alias: x\n",
      "i.yaml": "group: i\ntask:\n  - task: v\n    include: w.yml\n",
      "w.yml": Self.task.replacing("task: t\n", with: ""),
    ]
    for (names, places) in [
      (["t"], ["t.yaml:1"]), (["g.yaml"], ["--tasks:1"]), (["h"], ["h.yaml:5"]), (["i"], ["i.yaml:4"]),
      (["g", "u"], ["--tasks:1"]),
    ] {
      #expect(try messages(files, names, isStrict: false) == [])
      #expect(try messages(files, names, isStrict: true) == places.map { "extension \($0)" })
    }
  }

  @Test func `includes data beside a task in another folder`() throws {
    let files = ["in/t.yaml": Self.task, "in/rows.jsonl": Self.rows]
    try Bench.with(files) { bench in
      for isStrict in [false, true] {
        let report = report(bench.folder.path, isStrict: isStrict)
        #expect(report.findings.map(\.code.name) == (isStrict ? ["extension"] : []))
      }
    }
  }

  @Test func `is not in the tasks that come along`() {
    let report = report(repositoryRoot.appending(path: "TaskLibrary").path, isStrict: true)
    #expect(report.tasks > 3)
    #expect(report.findings.map(\.message).filter { !$0.contains("beside the task") } == [])
  }

  private func report(_ folder: String, isStrict: Bool) -> LintReport {
    var request = LintRequest()
    request.folders = [folder]
    request.workingDirectory = folder
    request.datasets = DatasetStore(mirrors: [], workingDirectory: folder)
    request.options.areExtensionsErrors = isStrict
    request.leastSeverity = .error
    return Linter().check(request)
  }
}
