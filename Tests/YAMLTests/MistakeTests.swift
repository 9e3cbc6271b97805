import Diagnostics
import TestKit
import Testing
import Values
import YAML

@Suite struct `YAML with mistakes` {
  static let mistakes: [(name: String, yaml: String)] = [
    ("colon-in-text", "doc_to_text: Question: {{q}}\n"),
    ("unclosed-quote", "a: \"text\nb: 1\n"),
    ("unclosed-bracket", "a: [1, 2\nb: 3\n"),
    ("unclosed-brace", "a: {b: 1\n"),
    ("tab-indent", "a:\n\tb: 1\n"),
    ("wrong-indent", "a:\n    b: 1\n  c: 2\n"),
    ("template-without-quotes", "doc_to_text: {{question}}\n"),
    ("percent", "doc_to_text: %x\n"),
    ("unknown-anchor", "base: &defaults {a: 1}\nb: *default\n"),
    ("duplicate-key", "metric: acc\nother: 1\nmetric: f1\n"),
    ("bad-merge", "a:\n  <<: text\n"),
    ("second-document", "a: 1\n---\nb: 2\n"),
    ("bad-escape", "a: \"x\\qy\"\n"),
    ("list-as-key", "? [1, 2]\n: x\n"),
    ("multibyte-before", "größe: \"日本\" x\n"),
    ("control-character", "a: \u{1}\n"),
    ("unknown-yaml-tag", "a: !!binary aGk=\n"),
    ("key-without-colon", "a: 1\nb\nc: 2\n"),
  ]

  @Test(arguments: mistakes.map(\.name))
  func `each is shown with its place`(_ name: String) throws {
    let mistake = try #require(Self.mistakes.first { $0.name == name })
    var sources = Sources()
    let source = sources.add(name: "\(name).yaml", text: mistake.yaml)
    var findings = Findings()
    _ = parseYAML(source, &findings)
    #expect(!findings.all.isEmpty)
    golden(findings.sorted.map { $0.terminal(in: sources) }.joined(separator: "\n"), name)
  }

  private func check(_ text: String) {
    let source = Source(name: "mutant.yaml", text: text)
    var findings = Findings()
    let tree = parseYAML(source, &findings)
    #expect((tree == nil) == findings.hasErrors || tree != nil)
    let end = UInt32(source.text.utf8.count)
    let labels = findings.all.flatMap(\.labels).map(\.span)
    for span in (tree?.spans ?? []) + findings.all.map(\.span) + labels {
      #expect(span.start <= span.end && span.end <= end, "\(span) of \(text)")
    }
    for scalar in tree?.scalars ?? [] {
      let length = scalar.text.text.utf8.count
      let place = scalar.text.span(0..<length)
      #expect(place.start <= place.end && place.end <= end)
    }
  }

  @Test(arguments: Loaded.cases)
  func `a file cut at any byte, or without any line, has places within itself`(_ loaded: Loaded) throws {
    let text = try Loaded.text(of: loaded.name)
    for cut in cuts(of: Array(text.utf8)) { check(String(decoding: cut, as: UTF8.self)) }
    for shorter in withoutEachLine(text) { check(shorter) }
  }

  @Test func `aliases that grow without bound are refused`() {
    var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      yaml += "a\(level): &a\(level) [\((0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ", "))]\n"
    }
    var findings = Findings()
    #expect(parseYAML(Source(name: "bomb.yaml", text: yaml), &findings) == nil)
    #expect(findings.all.map(\.code.name) == ["too-large"])
  }

  @Test(arguments: [("[", "]"), ("{a: ", "}"), ("- ", "")])
  func `deep nesting is refused`(_ open: String, _ close: String) {
    let yaml = String(repeating: open, count: 3000) + String(repeating: close, count: 3000) + "\n"
    var findings = Findings()
    #expect(parseYAML(Source(name: "deep.yaml", text: yaml), &findings) == nil)
    #expect(findings.hasErrors)
  }

  @Test func `equal keys are warned about and the last counts`() throws {
    var findings = Findings()
    let tree = try #require(parseYAML(Source(name: "t.yaml", text: "a: 1\nb: 2\na: 3\n"), &findings))
    #expect(tree.value.repr == "{'a': 3, 'b': 2}")
    #expect(findings.all.map(\.code.name) == ["duplicate-key"])
    #expect(findings.all.first?.labels.first?.span.start == 0)
  }
}
