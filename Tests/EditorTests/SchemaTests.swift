import Diagnostics
import Editor
import Foundation
import Lint
import Schema
import TestKit
import Testing
import Values
import YAML

/// The schemas for editors, by a validator of our own; `Tools/schema/check.py` does the same with Python's `jsonschema`.
@Suite struct `the schemas for editors` {
  private let task = SchemaValidator(root: JSONSchema.task())
  private let settings = SchemaValidator(root: JSONSchema.settings())

  private func value(_ yaml: String) throws -> Value {
    var findings = Findings()
    let node = try #require(parseYAML(Source(name: "test", text: yaml), &findings))
    return node.value
  }

  private static let files: [String] = {
    let top = repositoryRoot.appending(path: "TaskLibrary")
    let found = FileManager.default.enumerator(atPath: top.path)?.compactMap { $0 as? String } ?? []
    return found.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  @Test func `have files to be tried on`() { #expect(Self.files.count > 5) }

  @Test(arguments: files)
  func `accept the library's files`(_ file: String) throws {
    let url = repositoryRoot.appending(path: "TaskLibrary/\(file)")
    let mistakes = task.mistakes(in: try value(try String(contentsOf: url, encoding: .utf8)))
    #expect(mistakes.isEmpty, "\(mistakes)")
  }

  @Test(arguments: [
    "task: a\ndoc_to_text: !function utils.text\nprocess_docs: !function utils.rows",
    "task: a\nfewshot_config: {sampler: !function utils.Sampler, samples: !function utils.samples}",
    "task: a\nfilter_list: [{name: x, filter: [{function: custom, filter_fn: !function utils.f}]}]",
    "task: a\nfilter_list: [{name: x, filter: [{function: regex, regex_pattern: '(a)', group_select: -1}]}]",
    "task: a\nmetric_list: [{metric: !function utils.m, aggregation: !function utils.a}]",
    "task: a\nprocess_results: !function utils.p\nmetric_list: [{metric: anything, aggregation: mean}]",
    "task: a\nmetric_list: [{metric: own, score: '{{ 1 }}'}]",
    "include: base\ntask: a\nmetric_list: [{metric: anything}]",
    "task: a\nprocess_docs: [{keep: '{{ x }}'}, {set: {y: 1}}]",
    "group: g\ntask: [a, {task: b, num_fewshot: 3}, {group: h, task: [c, {task: d}]}]\nnum_fewshot: 2",
    "group: g\ntask: [a]\naggregate_metric_list: [{metric: acc, weight_by_size: false}]",
    "class: !function task.Task\nanything: [1]", "doc_to_text: '{{ a }}'",
  ])
  func `accept what is right`(_ yaml: String) throws {
    let mistakes = task.mistakes(in: try value(yaml))
    #expect(mistakes.isEmpty, "\(mistakes)")
  }

  @Test(arguments: [
    "task: a\ntset_split: test", "task: a\noutput_type: multiple_choise", "task: a\nnum_fewshot: two",
    "task: a\nfilter_list: [{name: x, filter: [{function: regexp}]}]",
    "task: a\nfilter_list: [{name: x, filter: [{function: regex, pattern: '(a)'}]}]",
    "task: a\nfilter_list: [{filter: []}]", "task: a\nmetric_list: [{metric: exact_mach}]",
    "task: a\nmetric_list: [{metric: acc, aggregation: maen}]", "task: a\nmetric_list: [{aggregation: mean}]",
    "task: a\nfewshot_config: {sampler: frist_n}", "task: a\nfewshot_config: {splt: train}",
    "task: a\nprocess_docs: [{kep: '{{ x }}'}]", "task: [a]", "group: g\ntask: [{tsak: b}]",
    "group: g\ntask: [{group: h, task: [{tsak: b}]}]", "group: g\ntask: [a]\ntset_split: test",
    "group: g\ntask: [a]\naggregate_metric_list: [{weight_by_size: true}]",
  ])
  func `refuse what is wrong`(_ yaml: String) throws {
    #expect(!task.mistakes(in: try value(yaml)).isEmpty)
  }

  @Test func `know the settings of the linter`() throws {
    let good = "lint: {preset: strict, ignore: [missing-version, data], per_path: {'a/**': {select: all}}}"
    #expect(settings.mistakes(in: try value(good)).isEmpty)
    for bad in [
      "lint: {preset: stric}", "lint: {ignore: [missing-versoin]}", "lint: {per_path: {a: {b: 1}}}",
    ] {
      #expect(!settings.mistakes(in: try value(bad)).isEmpty, "\(bad)")
    }
  }
}
