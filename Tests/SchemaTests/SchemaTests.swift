import Diagnostics
import Schema
import TestKit
import Testing
import Values
import YAML

@Suite struct `options from YAML` {
  enum Size: String, CaseIterable, Sendable { case small, large }

  struct Options: Sendable, Equatable {
    let name: String
    let count: Int
    let rate: Double
    let isOn: Bool
    let words: [String]
    let size: Size
    let note: String?
    static let schema = Schema<Options>(
      Field<String>("name", .string, "what it is called"),
      Field<Int>("count", .int, default: 3, "how many"),
      Field<Double>("rate", .double, default: 0.5, "how fast"),
      Field<Bool>("is_on", .bool, default: true, "whether it runs"),
      Field<[String]>("words", .oneOrMore(of: .string), default: [], "what it says"),
      Field<Size>("size", .choice, default: .small, "how large"),
      Field<String?>.optional("note", .string, "a remark"),
      make: Options.init)
  }

  private func decode(_ yaml: String, unknownKeys: Diagnostic.Severity = .error) throws -> (
    Options?, String, Findings
  ) {
    var sources = Sources()
    let source = sources.add(name: "options.yaml", text: yaml)
    var findings = Findings()
    let tree = try #require(parseYAML(source, &findings))
    let options = Options.schema.decode(tree, &findings, unknownKeys: unknownKeys) { $0 == "function" }
    return (options, findings.sorted.map { $0.terminal(in: sources) }.joined(separator: "\n"), findings)
  }

  @Test func `every key is read`() throws {
    let (options, _, findings) = try decode(
      "{function: x, name: n, count: -7, rate: 2, is_on: no, words: [a, 'b'], size: large, note: hi}")
    #expect(findings.all.isEmpty)
    #expect(
      options
        == Options(name: "n", count: -7, rate: 2, isOn: false, words: ["a", "b"], size: .large, note: "hi"))
  }

  @Test func `defaults stand in, null is none, and one stands for a list of one`() throws {
    let (options, _, findings) = try decode("{name: n, words: a, note: ~}")
    #expect(findings.all.isEmpty)
    #expect(
      options == Options(name: "n", count: 3, rate: 0.5, isOn: true, words: ["a"], size: .small, note: nil))
  }

  @Test func `all mistakes are told at once`() throws {
    let (options, shown, _) = try decode(
      "cuont: 5\ncount: 1.5\nrate: fast\nis_on: maybe\nwords: [a, 5, {}]\nsize: smal\nnote: []\nfar_off: 1\n")
    #expect(options == nil)
    golden(shown, "all-mistakes")
  }

  @Test func `an unknown key may be no more than a warning`() throws {
    let (options, _, findings) = try decode("{name: n, nam: m}", unknownKeys: .warning)
    #expect(options?.name == "n")
    #expect(findings.all.map(\.code.name) == ["unknown-key"])
    #expect(!findings.hasErrors)
  }

  @Test(arguments: ["[a]", "text", "5", "~"])
  func `something else than a mapping is refused`(_ yaml: String) throws {
    let (options, _, findings) = try decode(yaml)
    #expect(options == nil)
    #expect(findings.all.map(\.code.name) == ["wrong-type"])
  }

  @Test func `the keys describe themselves`() {
    let lines = Options.schema.keys.map {
      "\($0.name) | \($0.shape) | \($0.fallback ?? "required") | \($0.about)"
    }
    golden(lines.joined(separator: "\n") + "\n", "keys")
  }

  @Test func `a boolean that is none counts by Python's truth`() throws {
    let (options, _, findings) = try decode("{name: n, is_on: 'false'}")
    #expect(options?.isOn == true)
    #expect(findings.all.map(\.severity) == [.warning])
  }
}
