import Diagnostics
import Filters
import Schema
import TestKit
import Testing
import Values
import YAML

@Suite struct `steps in task files` {
  private func found(_ step: String) throws -> String {
    var sources = Sources()
    let source = sources.add(name: "step.yaml", text: step)
    var findings = Findings()
    let node = try #require(parseYAML(source, &findings))
    let function = try #require(node["function"]?.text)
    #expect(FilterRegistry.builtin.make(Located(function.text, at: function.span), node, &findings) == nil)
    return findings.sorted.map { $0.terminal(in: sources) }.joined(separator: "\n")
  }

  @Test func `a misspelled name gets a suggestion`() throws {
    #expect(
      try found("function: regx") == """
        error[unknown-filter]: no filter is named `regx`
         --> step.yaml:1:11
          |
        1 | function: regx
          |           ^^^^
          = help: did you mean `regex`?
          = fix: replace with `regex`

        """)
  }

  @Test func `a foreign name gets the list`() throws {
    #expect(try found("function: something_else").contains("= help: filters: "))
  }

  @Test func `all mistakes in a step are said at once`() throws {
    let text = try found("function: regex\nregex_pattern: '(a'\ngroup_selct: 1\ngroup_select: first")
    #expect(text.contains("error[bad-regex]"))
    #expect(text.contains("did you mean `group_select`?"))
    #expect(text.contains("error[wrong-type]: expected a whole number for `group_select`, found text"))
  }

  @Test func `a filter of one's own can be named`() throws {
    var registry = FilterRegistry.builtin
    registry.add(Exclaim.self)
    let source = Source(name: "step.yaml", text: "function: exclaim")
    var findings = Findings()
    let node = try #require(parseYAML(source, &findings))
    let filter = try #require(registry.make(Located("exclaim", at: node.span), node, &findings))
    #expect(try filter.apply(to: "oh", of: [:]) == "oh!")
  }
}

private struct Exclaim: Filter {
  static let name = "exclaim"
  static let about = "Puts an exclamation mark at the end."
  static let schema = Schema<Self>(make: { Self() })
  func apply(to answer: Value, of document: Value) throws(FilterError) -> Value { .string(answer.text + "!") }
}
