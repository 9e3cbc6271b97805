import Editor
import Foundation
import TestKit
import Testing
import Values

private let sound = """
  task: small
  dataset_path: json
  dataset_kwargs: {data_files: {test: rows.jsonl}}
  test_split: test
  output_type: multiple_choice
  doc_to_text: "Question: {{question}}\\nAnswer:"
  doc_to_choice: "{{choices}}"
  doc_to_target: "{{answer}}"
  metric_list:
    - metric: acc
  metadata: {version: 1.0}

  """

@Suite struct `findings in an editor` {
  private func codes(_ findings: [OrderedMap]) -> [String] { findings.compactMap { $0["code"]?.asString } }

  @Test func `come, change and go as somebody types`() throws {
    try temporaryFolder { folder in
      try folder.write(
        "{\"question\": \"How?\", \"choices\": [\"so\", \"thus\"], \"answer\": 1}\n", to: "rows.jsonl")
      var talk = Talk(folder)
      talk.open("t.yaml", sound)
      #expect(codes(talk.findings("t.yaml")) == [])
      talk.change("t.yaml", sound.replacing("test_split", with: "tset_split"))
      let findings = talk.findings("t.yaml")
      #expect(codes(findings).contains("unknown-key"))
      let place = findings.first { $0["code"] == "unknown-key" }?["range"]
      #expect(place == ["start": ["line": 3, "character": 0], "end": ["line": 3, "character": 10]])
      talk.change("t.yaml", sound + "a: [", version: 3)
      #expect(codes(talk.findings("t.yaml")) == ["malformed-yaml"])
      talk.change("t.yaml", sound, version: 4)
      #expect(codes(talk.findings("t.yaml")) == [])
    }
  }

  @Test func `are looked for once, when nobody types`() throws {
    try temporaryFolder { folder in
      try folder.write(
        "{\"question\": \"How?\", \"choices\": [\"so\", \"thus\"], \"answer\": 1}\n", to: "rows.jsonl")
      var talk = Talk(folder)
      talk.open("t.yaml", sound)
      for version in 2..<9 { talk.change("t.yaml", sound + "x: \(version)\n", version: version) }
      #expect(!talk.notes.contains { $0["method"] == "textDocument/publishDiagnostics" })
      #expect(codes(talk.findings("t.yaml")) == ["unknown-key"])
      let published = talk.notes.filter { $0["method"] == "textDocument/publishDiagnostics" }
      #expect(published.map { $0["params"]?.asMap?["version"] } == [8])
    }
  }

  @Test func `have places counted as the editor counts`() throws {
    let text = "# 𝄞\ntask: small\n\"𝄞é\": 1\n𝄞ab: {tset: 1}\n"
    for (encoding, end) in [("utf-8", 6), ("utf-16", 4), ("utf-32", 3)] {
      try temporaryFolder { folder in
        try folder.write(
          "{\"question\": \"How?\", \"choices\": [\"so\", \"thus\"], \"answer\": 1}\n", to: "rows.jsonl")
        var talk = Talk(folder, encodings: [encoding])
        talk.open("t.yaml", text)
        let place = talk.findings("t.yaml").first { $0["message"]?.text.contains("𝄞ab") ?? false }?["range"]
        #expect(
          place == ["start": ["line": 3, "character": 0], "end": ["line": 3, "character": .int(end)]])
      }
    }
  }

  @Test func `follow what an included file holds, saved or not`() throws {
    try temporaryFolder { folder in
      try folder.write(
        "{\"question\": \"How?\", \"choices\": [\"so\", \"thus\"], \"answer\": 1}\n", to: "rows.jsonl")
      try folder.write(sound.replacing("task: small\n", with: ""), to: "base.yaml")
      var talk = Talk(folder)
      talk.open("t.yaml", "include: base.yaml\ntask: small\n")
      #expect(codes(talk.findings("t.yaml")) == [])
      talk.open("base.yaml", sound.replacing("task: small\n", with: "").replacing("acc", with: "acc_nrm"))
      let findings = talk.findings("t.yaml")
      #expect(codes(findings) == ["unknown-metric"])
      #expect(findings.first?["range"]?.asMap?["start"] == ["line": 0, "character": 0])
      #expect(findings.first?["message"]?.text.contains("base.yaml:9: ") == true)
    }
  }

  @Test func `follow the names of all files, come, changed or gone`() throws {
    try temporaryFolder { folder in
      try folder.write(
        "{\"question\": \"How?\", \"choices\": [\"so\", \"thus\"], \"answer\": 1}\n", to: "rows.jsonl")
      try folder.write(sound.replacing("task: small", with: "task: first"), to: "deep/first.yaml")
      var talk = Talk(folder)
      func told(_ name: String, _ type: Int) {
        let change: Value = ["uri": .string(talk.uri(name)), "type": .int(type)]
        talk.tell("workspace/didChangeWatchedFiles", ["changes": [change]])
      }
      func unknown() -> [String] {
        let messages = talk.findings("g.yaml").compactMap { $0["message"]?.asString }
        return messages.filter { $0.contains("nothing has that") }
      }
      talk.open("g.yaml", "group: g\ntask: [first, second]\n")
      #expect(unknown().count == 1)
      // Not saved yet.
      try folder.write("", to: "deep/second.yaml")
      told("deep/second.yaml", 1)
      talk.open("deep/second.yaml", sound.replacing("task: small", with: "task: second"))
      #expect(unknown() == [])
      talk.change("deep/second.yaml", sound.replacing("task: small", with: "task: secund"))
      #expect(unknown().count == 1)
      // By another program, and by way of an include.
      try folder.write("include: base.txt\n", to: "deep/first.yaml")
      try folder.write("task: first\n", to: "deep/base.txt")
      told("deep/first.yaml", 2)
      #expect(unknown().count == 1)
      try folder.write(sound.replacing("task: small", with: "task: second"), to: "second.yaml")
      told("second.yaml", 1)
      #expect(unknown() == [])
      try FileManager.default.removeItem(at: folder.appending(path: "second.yaml"))
      told("second.yaml", 3)
      #expect(unknown().count == 1)
    }
  }

  @Test(arguments: ["", "# to be written\n", "met", "task", "tag: mine\n"])
  func `wait until there is something to find`(_ text: String) throws {
    try temporaryFolder { folder in
      var talk = Talk(folder)
      talk.open("t.yaml", text)
      #expect(talk.findings("t.yaml").isEmpty)
    }
  }

  @Test func `mind settings, and say what is wrong with them`() throws {
    try temporaryFolder { folder in
      try folder.write(
        "{\"question\": \"How?\", \"choices\": [\"so\", \"thus\"], \"answer\": 1}\n", to: "rows.jsonl")
      try folder.write("lint: {ignore: unknown-key}\n", to: "assay.yaml")
      var talk = Talk(folder)
      talk.open("t.yaml", sound + "tset: 1\n")
      #expect(codes(talk.findings("t.yaml")) == [])
      talk.open("assay.yaml", "lint: {ignore: unknown-kye}\n")
      #expect(codes(talk.findings("assay.yaml")) == ["unknown-rule"])
    }
  }

  @Test func `are not looked for in other files`() throws {
    try temporaryFolder { folder in
      try folder.write(
        "{\"question\": \"How?\", \"choices\": [\"so\", \"thus\"], \"answer\": 1}\n", to: "rows.jsonl")
      var talk = Talk(folder)
      talk.open("compose.yaml", "services: {a: {image: b}}\n")
      #expect(talk.findings("compose.yaml").isEmpty)
    }
  }

  // MARK: - Repairs

  private func actions(_ talk: inout Talk, _ name: String, line: Int, only: [String] = []) -> [OrderedMap] {
    let start: Value = ["line": .int(line), "character": 0]
    let end: Value = ["line": .int(line), "character": 3]
    let answer = talk.result(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .string(talk.uri(name))], "range": ["start": start, "end": end],
        "context": ["diagnostics": [], "only": .list(only.map { .string($0) })],
      ])
    return answer.asList?.compactMap(\.asMap) ?? []
  }

  private func edits(_ action: OrderedMap?, _ uri: String) -> [Value] {
    action?["edit"]?.asMap?["changes"]?.asMap?[uri]?.asList ?? []
  }

  @Test func `are repaired by an action, the safe one preferred`() throws {
    try temporaryFolder { folder in
      try folder.write(
        "{\"question\": \"How?\", \"choices\": [\"so\", \"thus\"], \"answer\": 1}\n", to: "rows.jsonl")
      var talk = Talk(folder)
      let text = sound.replacing("test_split", with: "tset_split")
      talk.open("t.yaml", text)
      let actions = actions(&talk, "t.yaml", line: 3)
      let fix = actions.first { $0["isPreferred"] == true }
      #expect(fix?["title"] == "replace with `test_split`")
      #expect(fix?["diagnostics"]?.asList?.count == 1)
      #expect(applied(edits(fix, talk.uri("t.yaml")), to: text) == sound)
      let all = self.actions(&talk, "t.yaml", line: 0, only: ["source.fixAll"])
      #expect(applied(edits(all.first, talk.uri("t.yaml")), to: text) == sound)
    }
  }

  @Test func `can be kept back by a comment, wherever they stand`() throws {
    let texts = [
      sound + "tset: 1\n", sound.replacing("- metric: acc", with: "- metric: acc\n    wrong: 1"),
      sound.replacing("metadata: {version: 1.0}", with: "metadata: {name: x}"),
      sound.replacing("\"{{answer}}\"", with: "|\n  {{answer}} {{ x y }}"),
    ]
    try temporaryFolder { folder in
      try folder.write(
        "{\"question\": \"How?\", \"choices\": [\"so\", \"thus\"], \"answer\": 1}\n", to: "rows.jsonl")
      for text in texts {
        var talk = Talk(folder)
        talk.open("t.yaml", text)
        for _ in 0..<4 {
          guard let first = talk.findings("t.yaml").first else { break }
          let line = first["range"]?.asMap?["start"]?.asMap?["line"]?.asInt ?? 0
          let title = "ignore `\(first["code"]?.text ?? "")` here"
          let action = actions(&talk, "t.yaml", line: line).first { $0["title"]?.asString == title }
          let current = talk.current("t.yaml") ?? text
          talk.change("t.yaml", applied(edits(action, talk.uri("t.yaml")), to: current))
        }
        #expect(codes(talk.findings("t.yaml")) == [], "\(text)")
      }
    }
  }
}
