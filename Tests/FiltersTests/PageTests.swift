import Diagnostics
import Filters
import Schema
import TestKit
import Testing
import Values
import YAML

/// A step of a pipeline and what it makes of some answers, from the page of a filter.
struct Example: CustomStringConvertible {
  let name: String
  let options: String
  let document: Value
  let answers: [(input: Value, output: Value)]
  var description: String { "\(name): \(options)" }

  /// A `yaml` fence holds the step, the `answers` fence after it lines of `input -> output` in JSON; a
  /// `document` fence between them the document that is answered.
  static func all(in page: String, named name: String) throws -> [Example] {
    var examples: [Example] = []
    var options: String?
    var document: Value = [:]
    for fence in Fence.all(in: page) {
      if fence.language == "yaml" { options = fence.text }
      if fence.language == "document" { document = try Value(json: fence.text) }
      guard fence.language == "answers", let step = options else { continue }
      let lines = fence.text.split(separator: "\n").map { $0.split(separator: " -> ", maxSplits: 1) }
      examples.append(
        Example(
          name: name, options: step, document: document,
          answers: try lines.map { (try Value(json: String($0[0])), try Value(json: String($0[1]))) }))
      options = nil
      document = [:]
    }
    return examples
  }
}

/// Makes the filter that a step names.
func filter(_ step: String, _ findings: inout Findings) throws -> (any Filter)? {
  let source = Source(name: "step.yaml", text: step)
  let node = try #require(parseYAML(source, &findings))
  let function = try #require(node["function"]?.text)
  return FilterRegistry.builtin.make(Located(function.text, at: function.span), node, &findings)
}

@Suite struct `the filters' pages` {
  static let examples = FilterRegistry.builtin.pages.flatMap {
    (try? Example.all(in: $0.about, named: $0.name)) ?? []
  }

  @Test(arguments: examples)
  func `each example is true`(_ example: Example) throws {
    var findings = Findings()
    let filter = try #require(try filter(example.options, &findings))
    #expect(findings.all.isEmpty)
    for (input, output) in example.answers {
      // A single answer stands for a list of one.
      let isList = input.asList != nil
      let result = try filter.apply(to: isList ? input : [input], of: example.document)
      #expect(result == (isList ? output : [output]), "\(input)")
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
