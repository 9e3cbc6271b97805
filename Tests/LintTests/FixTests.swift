import Datasets
import Diagnostics
import Exchange
import Foundation
import Lint
import TaskDSL
import TestKit
import Testing

@Suite struct `safe fixes` {
  private static let fixable = RuleRegistry.builtin.pages.flatMap { Example.all(in: $0) }.filter {
    $0.fixed != nil
  }

  /// What a file needs beside its own keys to be compiled.
  private static let needs = [
    ("dataset_path", "dataset_path: json"),
    ("dataset_kwargs", "dataset_kwargs: {data_files: {test: rows.jsonl}}"),
    ("test_split", "test_split: test"), ("doc_to_text", "doc_to_text: question"),
    ("doc_to_target", "doc_to_target: answer"),
  ]

  private static func graph(_ yaml: String) throws -> String? {
    try temporaryFolder { folder in
      let lines = yaml.split(separator: "\n")
      let missing = needs.filter { need in !lines.contains { $0.hasPrefix("\(need.0):") } }.map(\.1)
      try folder.write(yaml + "\n" + missing.joined(separator: "\n") + "\n", to: "t.yaml")
      let row = #"{"question": "1 + 1", "answer": "2", "label": 0, "options": ["2", "3"]}"# + "\n"
      try folder.write(row, to: "rows.jsonl")
      var index = TaskIndex()
      var findings = Findings()
      let members = index.select([folder.appending(path: "t.yaml").path], &findings)
      let store = DatasetStore(mirrors: [], workingDirectory: folder.path)
      let plan = TaskCompiler(datasets: store).compile(members, &findings)
      return plan.map { RequestHashes($0.graph).whole }
    }
  }

  @Test func `are there to be tested`() { #expect(Self.fixable.count > 10) }

  @Test(arguments: fixable)
  func `leave what is asked as it was`(_ example: Example) throws {
    let safe = try example.run(isUnsafe: false)
    guard safe.fixed != example.yaml + "\n", let before = try Self.graph(example.yaml) else { return }
    #expect(try Self.graph(safe.fixed) == before)
  }

  @Test func `keep comments and layout`() throws {
    let yaml = """
      # A task.
      task:   demo   # its name
      should_decontaminate: true  # no use
      metric_list:
        -   metric: perplexity
            higher_is_better:   true # not so
      """
    let files = Linting(["t.yaml": yaml], LintSettings(select: ["idle-key", "wrong-direction"]))
    let fixed = try files.run { folder, request in
      Linter().fixed(request, isUnsafe: false).texts[folder.appending(path: "t.yaml").path]
    }
    #expect(
      fixed == """
        # A task.
        task:   demo   # its name
        metric_list:
          -   metric: perplexity
              higher_is_better:   false # not so
        """)
  }

  @Test func `show as a difference that patch reads`() {
    let diff = UnifiedDiff("a\nb\nc\n", "a\nB\nc", path: "t.yaml").text
    #expect(
      diff == "--- t.yaml\n+++ t.yaml\n@@ -1,3 +1,3 @@\n a\n-b\n-c\n+B\n+c\n\\ No newline at end of file\n")
    #expect(UnifiedDiff("a\n", "a\n", path: "t.yaml").text.isEmpty)
  }
}
