import Datasets
import Diagnostics
import Filters
import Schema
import TaskDSL
import TestKit
import Testing
import Values
import YAML

@Suite struct `the filter that is a template` {
  static let examples =
    FilterRegistry.tasks.pages.first { $0.name == "template" }.flatMap {
      try? FilterExample.all(in: $0.about, named: $0.name)
    } ?? []

  private func filter(_ step: String) throws -> any Filter {
    var findings = Findings()
    let node = try #require(parseYAML(Source(name: "step.yaml", text: step), &findings))
    let made = FilterRegistry.tasks.make(Located("template", at: node.span), node, &findings)
    #expect(findings.all.isEmpty)
    return try #require(made)
  }

  @Test(arguments: examples)
  func `does what its page says`(_ example: FilterExample) throws {
    let filter = try filter(example.options)
    for (input, output) in example.answers {
      #expect(try filter.apply(to: input, of: example.document) == output, "\(input)")
    }
  }

  @Test func `has a page with examples`() { #expect(Self.examples.count == 2) }

  @Test(
    arguments: [
      ("{{ answer | normalize }}", "the  Cafés!", "cafés"),
      ("{{ answer | normalize(accents='remove', articles='keep') }}", "the  Cafés!", "the cafes"),
      ("{{ answer | word_f1(['b c', 'a big Cat']) }}", "a cat", .double(2.0 / 3)),
      ("{{ answer | word_f1('') }}", "The!", 1.0), ("{{ answer | word_f1('x') }}", "the", 0.0),
      ("{{ answer | word_f1(7) }}", "7.", 1.0),
      (#"{{ answer | regex_findall('\\d+') }}"#, "1, 22 and 3", ["1", "22", "3"]),
      (#"{{ answer | regex_findall('(\\w)=(\\d)') }}"#, "a=1, b=2", [["a", "1"], ["b", "2"]]),
      (#"{{ answer is matching('^\\d+$') }}"#, "12", true), ("{{ answer is matching('x') }}", "12", false),
      ("{{ answer == doc.answer and doc.n == n }}", "same", true),
    ] as [(String, Value, Value)])
  func `has helpers of its own`(_ template: String, _ answer: Value, _ value: Value) throws {
    let step = Value.map(["function": "template", "template": .string(template)]).json()
    #expect(try filter(step).apply(to: answer, of: ["answer": "same", "n": 1]) == value)
  }

  @Test(arguments: [
    "{{ answer | normalize(accents='no') }}", "{{ answer | normalize }}", "{{ answer | word_f1('a') }}",
    "{{ 'a' is matching('(') }}", "{{ 'a' | regex_findall('(') }}", "{{ 'a'.b }}",
  ])
  func `says where a template fails`(_ template: String) throws {
    let step = Value.map(["function": "template", "template": .string(template)]).json()
    let filter = try filter(step)
    let error = #expect(throws: FilterError.self) { try filter.apply(to: .null, of: [:]) }
    #expect(error?.span != nil)
  }

  @Test func `knows the columns before anything is asked`() throws {
    let task = """
      task: t
      \(Sample.base)
      filter_list:
        - name: a
          filter:
            - {function: take_first}
            - {function: template, template: "{{ answer ~ questoin }}"}
      """
    try Bench.with(["t.yaml": task, "rows.jsonl": Sample.rows]) { bench in
      #expect(bench.compile("t").messages == ["undefined-column t.yaml:14"])
    }
  }
}
