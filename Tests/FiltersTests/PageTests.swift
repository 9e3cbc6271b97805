import Diagnostics
import Filters
import Schema
import TestKit
import Testing
import Values
import YAML

/// Makes the filter that a step names.
func filter(_ step: String, _ findings: inout Findings) throws -> (any Filter)? {
  let source = Source(name: "step.yaml", text: step)
  let node = try #require(parseYAML(source, &findings))
  let function = try #require(node["function"]?.text)
  return FilterRegistry.builtin.make(Located(function.text, at: function.span), node, &findings)
}

@Suite struct `the filters' pages` {
  static let examples = FilterRegistry.builtin.pages.flatMap {
    (try? FilterExample.all(in: $0.about, named: $0.name)) ?? []
  }

  @Test(arguments: examples)
  func `each example is true`(_ example: FilterExample) throws {
    var findings = Findings()
    let filter = try #require(try filter(example.options, &findings))
    #expect(findings.all.isEmpty)
    for (input, output) in example.answers {
      #expect(try filter.apply(to: input, of: example.document) == output, "\(input)")
    }
  }

  @Test func `every filter has an example`() {
    let shown = Set(Self.examples.filter { !$0.answers.isEmpty }.map(\.name))
    #expect(FilterRegistry.builtin.names.filter { !shown.contains($0) } == [])
  }

  @Test func `every file is in the list, under its name`() throws {
    #expect(FilterRegistry.builtinFilters.map { "\($0)" } == (try swiftFiles(in: "Sources/Filters/Filters")))
  }

  @Test func `pages tell of the options`() throws {
    let page = try #require(FilterRegistry.builtin.pages.first { $0.name == "regex" })
    #expect(
      FilterRegistry.builtin.summary(of: "regex")
        == "Keeps what `regex_pattern` finds, without white space at its ends.")
    #expect(FilterRegistry.builtin.summary(of: "take_first_k").hasSuffix("drawn."))
    #expect(page.options.map(\.name) == ["regex_pattern", "group_select", "fallback"])
    #expect(page.options.map(\.fallback) == [#"#### (\-?[0-9\.\,]+)"#, "0", "'[invalid]'"])
  }
}
