import Datasets
import Diagnostics
import Foundation
import TestKit
import Testing
import Values
import YAML

@Suite struct `finding data` {
  /// What a store says to a task's lines, with files laid out below a folder.
  private func answer(
    _ yaml: String, split: String = "test", files: [String: String] = [:], mirrors: [String] = []
  ) throws -> (rows: Rows?, shown: String) {
    try temporaryFolder { folder in
      for (path, text) in files { try folder.write(text, to: path) }
      var sources = Sources()
      let source = sources.add(name: "task.yaml", text: yaml + "\ntest_split: \(split)\n")
      var findings = Findings()
      let tree = try #require(parseYAML(source, &findings))
      let path = try #require(tree["dataset_path"])
      let name = tree["dataset_name"]
      let reference = DatasetReference(
        path: Located(path.text?.text ?? "", at: path.span),
        name: name.map { Located($0.text?.text ?? "", at: $0.span) }, arguments: tree["dataset_kwargs"],
        taskFolder: folder.appending(path: "tasks").path)
      let store = DatasetStore(mirrors: mirrors, workingDirectory: folder.path)
      let place = tree["test_split"]?.span ?? source.span
      let rows = store.rows(Located(split, at: place), of: reference, &findings)
      let shown = findings.sorted.map { $0.terminal(in: sources) }.joined(separator: "\n")
      if store.splits(of: reference, &findings) != nil { #expect(store.isAtHand(reference)) }
      return (rows, shown.replacing(folder.path, with: "HERE"))
    }
  }

  @Test(arguments: [
    ("json\ndataset_kwargs: {data_files: nothing.jsonl}", true), ("json", true), ("rows.jsonl", true),
    ("json\ndataset_kwargs: {data_files: {test: 'https://example.org/rows.jsonl'}}", false),
    ("somebody/something", false),
  ])
  func `data is at hand where the task names files of this machine, be they there or not`(
    _ path: String, _ isAtHand: Bool
  ) throws {
    var sources = Sources()
    var findings = Findings()
    let source = sources.add(name: "task.yaml", text: "dataset_path: \(path)\n")
    let tree = try #require(parseYAML(source, &findings))
    try temporaryFolder { folder in
      try folder.write("{}\n", to: "rows.jsonl")
      let path = try #require(tree["dataset_path"])
      let reference = DatasetReference(
        path: Located(path.text?.text ?? "", at: path.span), name: nil, arguments: tree["dataset_kwargs"],
        taskFolder: folder.path)
      #expect(DatasetStore(mirrors: [], workingDirectory: "/").isAtHand(reference) == isAtHand)
    }
  }

  private let row = "{\"q\": \"a\"}\n"

  @Test func `a file beside the task comes before one in the working folder`() throws {
    let yaml = "dataset_path: json\ndataset_kwargs: {data_files: {test: rows.jsonl}}"
    let both = try answer(yaml, files: ["tasks/rows.jsonl": row, "rows.jsonl": row + row])
    #expect(both.rows?.rows.count == 1)
    #expect(both.rows?.file == "tasks/rows.jsonl")
    #expect(try answer(yaml, files: ["rows.jsonl": row + row]).rows?.rows.count == 2)
  }

  @Test func `a mirror has a folder for each path and name`() throws {
    let files = ["m/org/set/main/test.jsonl": row, "m/org/set/default/test.csv": "q\na\nb\n"]
    let main = try answer(
      "dataset_path: org/set\ndataset_name: main", files: files, mirrors: ["none", "m"])
    #expect(main.rows?.rows.count == 1)
    #expect(main.rows?.file == "m/org/set/main/test.jsonl")
    #expect(try answer("dataset_path: org/set", files: files, mirrors: ["m"]).rows?.rows.count == 2)
  }

  @Test func `a mirror's texts stay texts and its splits keep their own types`() throws {
    let files = [
      "m/set/default/train.jsonl": "{\"d\": 1}\n", "m/set/default/test.jsonl": "{\"d\": \"2020-01-01\"}\n",
    ]
    let found = try answer("dataset_path: set", files: files, mirrors: ["m"])
    #expect(found.rows?.rows.first?["d"] == "2020-01-01")
    #expect(found.shown.isEmpty)
  }

  @Test func `keywords that only the hub knows do not disturb a mirror`() throws {
    let found = try answer(
      "dataset_path: set\ndataset_kwargs: {qa_split: qa1, trust_remote_code: true}",
      files: ["m/set/default/test.jsonl": row], mirrors: ["m"])
    #expect(found.rows?.rows.count == 1)
    #expect(found.shown.isEmpty)
  }

  @Test func `files of the hub are found in a mirror by their names, or by the splits they make`() throws {
    let direct =
      "dataset_path: json\ndataset_kwargs: {data_files: {test: 'hf://datasets/org/set@main/data/t.jsonl'}}"
    let found = try answer(direct, files: ["m/org/set/data/t.jsonl": row], mirrors: ["none", "m"])
    #expect(found.rows?.rows.count == 1)
    #expect(found.shown.isEmpty)
    let named = "dataset_path: org/set\ndataset_kwargs: {data_files: {test: gu/0000.parquet}}"
    let split = try answer(named, files: ["m/org/set/default/test.jsonl": row + row], mirrors: ["m"])
    #expect(split.rows?.rows.count == 2)
    #expect(split.shown.isEmpty)
    let other = try answer(named, files: ["m/org/set/default/train.jsonl": row], mirrors: ["m"])
    #expect(other.rows == nil)
    #expect(other.shown.contains("there is no file `gu/0000.parquet`"))
  }

  @Test func `a folder's own split names are found beside the usual ones`() throws {
    let files = ["set/dev.jsonl": row, "set/test.jsonl": row + row]
    #expect(try answer("dataset_path: set", split: "dev", files: files).rows?.rows.count == 1)
    #expect(try answer("dataset_path: set", split: "validation", files: files).rows?.rows.count == 1)
    #expect(try answer("dataset_path: set", files: files).rows?.rows.count == 2)
  }

  @Test func `files that differ in their columns are joined with a warning`() throws {
    let found = try answer(
      "dataset_path: json\ndataset_kwargs: {data_files: {test: [a.jsonl, b.jsonl]}}",
      files: ["a.jsonl": "{\"n\": 1}\n", "b.jsonl": "{\"n\": 2.5, \"more\": \"x\"}\n"])
    #expect(found.rows?.columns == ["n", "more"])
    #expect(
      found.rows?.rows.map { Value.map($0).repr } == ["{'n': 1, 'more': None}", "{'n': 2.5, 'more': 'x'}"])
    golden(found.shown, "unlike-files")
  }

  static let mistakes: [(name: String, yaml: String, split: String)] = [
    ("no-such-data", "dataset_path: org/sett", "test"),
    ("no-such-reader", "dataset_path: jsn", "test"),
    ("no-such-name", "dataset_path: org/set\ndataset_name: mian", "test"),
    ("no-name-given", "dataset_path: org/set", "test"),
    ("no-such-split", "dataset_path: org/set\ndataset_name: main", "tset"),
    ("no-near-split", "dataset_path: org/set\ndataset_name: main", "dev"),
    ("slice-of-split", "dataset_path: org/set\ndataset_name: main", "train[:10%]"),
    ("no-such-file", "dataset_path: json\ndataset_kwargs:\n  data_files:\n    test: rws.jsonl", "test"),
    ("no-near-file", "dataset_path: json\ndataset_kwargs: {data_files: nothing-like-it.jsonl}", "train"),
    ("no-glob-match", "dataset_path: csv\ndataset_kwargs: {data_files: '*.tsv'}", "train"),
    ("no-data-files", "dataset_path: json", "test"),
    (
      "bad-data-files", "dataset_path: json\ndataset_kwargs: {data_files: {test: [rows.jsonl, 5, []]}}",
      "test"
    ),
    ("file-from-network", "dataset_path: json\ndataset_kwargs: {data_files: 'https://a.b/c.jsonl'}", "test"),
    (
      "hub-file", "dataset_path: json\ndataset_kwargs: {data_files: 'hf://datasets/org/set/data/t.jsonl'}",
      "test"
    ),
    ("file-as-path", "dataset_path: rows.jsonl", "test"),
    ("empty-folder", "dataset_path: empty", "test"),
    ("parquet-reader", "dataset_path: parquet\ndataset_kwargs: {data_files: {test: t.parquet}}", "test"),
    ("parquet-in-folder", "dataset_path: columnar", "test"),
    (
      "unknown-keyword", "dataset_path: csv\ndataset_kwargs: {data_files: {test: t.csv}, delimeter: ';'}",
      "test"
    ),
    ("bad-separator", "dataset_path: csv\ndataset_kwargs: {data_files: {test: t.csv}, sep: '||'}", "test"),
    ("wrong-kwargs", "dataset_path: json\ndataset_kwargs: rows.jsonl", "test"),
  ]

  @Test(arguments: mistakes.map(\.name))
  func `each mistake has a place, a cause and a cure`(_ name: String) throws {
    let mistake = try #require(Self.mistakes.first { $0.name == name })
    let files = [
      "m/org/set/main/train.jsonl": row, "m/org/set/main/test.jsonl": row, "m/org/set/other/test.jsonl": row,
      "tasks/rows.jsonl": row, "empty/README.md": "nothing", "t.csv": "a\n1\n", "t.parquet": "PAR1",
      "columnar/test.parquet": "PAR1",
    ]
    let found = try answer(mistake.yaml, split: mistake.split, files: files, mirrors: ["m"])
    #expect(found.rows == nil)
    golden(found.shown, "mistakes/\(name)")
  }

  @Test func `without a mirror the message says how to provide data`() throws {
    golden(try answer("dataset_path: openai/gsm8k\ndataset_name: main").shown, "mistakes/no-mirror")
  }

  @Test func `rows are read once`() throws {
    try temporaryFolder { folder in
      try folder.write(row, to: "set/test.jsonl")
      let span = SourceSpan(source: SourceID(index: 0), start: 0, end: 0)
      let reference = DatasetReference(path: Located("set", at: span), taskFolder: folder.path)
      let store = DatasetStore(mirrors: [], workingDirectory: folder.path)
      var findings = Findings()
      #expect(store.rows(Located("test", at: span), of: reference, &findings)?.rows.count == 1)
      try folder.write(row + row, to: "set/test.jsonl")
      #expect(store.rows(Located("test", at: span), of: reference, &findings)?.rows.count == 1)
    }
  }
}
