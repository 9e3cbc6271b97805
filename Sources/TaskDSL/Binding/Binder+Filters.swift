import Diagnostics
import Filters
import Schema
import Values
import YAML

extension Binder {
  func pipelines(_ findings: inout Findings) -> [FilterPipeline] {
    guard let list = definition.scoring.filters, !list.isNull else { return [defaultPipeline(&findings)] }
    guard let items = list.items else {
      findings.add(.wrongType(list, expected: "a list of pipelines, each with `name` and `filter`"))
      return []
    }
    var pipelines: [FilterPipeline] = []
    var names: [String: SourceSpan] = [:]
    for item in items {
      guard let pipeline = pipeline(item, &findings) else { continue }
      let place = item["name"]?.span ?? item.span
      if let first = names.updateValue(place, forKey: pipeline.name) {
        findings.add(.replaced("duplicate-pipeline", pipeline.name, at: place, first: first))
      }
      if let index = pipelines.firstIndex(where: { $0.name == pipeline.name }) {
        pipelines[index] = pipeline
      } else {
        pipelines.append(pipeline)
      }
    }
    return pipelines
  }

  /// Without `filter_list`, the first answer is scored as it is.
  private func defaultPipeline(_ findings: inout Findings) -> FilterPipeline {
    let span = definition.task.span
    let takeFirst = parts.filters.make(
      Located("take_first", at: span), Node(.mapping([]), at: span), &findings)
    return FilterPipeline(name: "none", steps: takeFirst.map { [$0] } ?? [])
  }

  private static let pipelineKeys = ["name", "filter"]

  private func pipeline(_ node: Node, _ findings: inout Findings) -> FilterPipeline? {
    guard let entries = node.entries else {
      findings.add(.wrongType(node, expected: "a pipeline: a mapping with `name` and `filter`"))
      return nil
    }
    for entry in entries where !Self.pipelineKeys.contains(entry.key.value) {
      findings.add(.unknownKey(entry.key, among: Self.pipelineKeys))
    }
    // A key that was misspelled is not missing too.
    let meant = entries.compactMap { Self.pipelineKeys.nearest(to: $0.key.value) }
    guard let name = node["name"] else {
      if !meant.contains("name") {
        findings.add(
          .error("missing-key", "a pipeline needs a `name`", at: node.span, help: "add `name: NAME`"))
      }
      return nil
    }
    guard let label = Shape<String>.string.read(name, &findings) else { return nil }
    guard let steps = node["filter"] else {
      if !meant.contains("filter") {
        findings.add(
          .error("missing-key", "the pipeline `\(label)` needs a list of steps under `filter`", at: name.span)
        )
      }
      return nil
    }
    guard let items = steps.items else {
      findings.add(.wrongType(steps, expected: "a list of steps, each with `function`"))
      return nil
    }
    return FilterPipeline(name: label, steps: items.compactMap { step($0, &findings) })
  }

  private func step(_ node: Node, _ findings: inout Findings) -> (any FilterStep)? {
    guard let function = node["function"] else {
      findings.add(
        .error(
          "missing-key", "a step needs the name of its filter under `function`", at: node.span,
          help: node.text.map { "write `function: \($0.text)`" }))
      return nil
    }
    if function.tag != nil {
      return foreign("function", function, options: node, except: ["function"], &findings)
    }
    guard let name = Shape<EmbeddedText>.text.read(function, &findings) else { return nil }
    if name.text == "custom" { return custom(node, name.span, &findings) }
    if let registered = registered(name, node) { return registered }
    if !parts.filters.names.contains(name.text), functions.mayRegister(name.text, in: self.node) {
      return UncalledStep()
    }
    if Self.ownFilters.contains(name.text) {
      findings.add(
        .beyondStandard(
          "the filter `\(name.text)` is not the harness's", at: name.span,
          others: "the harness stops, since no filter has this name"))
    }
    let filter = parts.filters.make(Located(name.text, at: name.span), node, &findings)
    if name.text == "take_first_k", let k = node["k"], let count = k.scalar?.value.asInt,
      count > definition.scoring.repeats
    {
      findings.add(
        .error(
          "too-few-answers",
          "\(count) answers are wanted but each request is sent \(definition.scoring.repeats) time(s)",
          at: k.span, help: "set `repeats: \(count)`"))
    }
    return filter
  }

  /// Filters that the harness does not have.
  private static let ownFilters: Set = [TemplateFilter.name, "normalize"]

  /// A step that is a Python function of the task's: `filter_fn(answers, documents)`.
  private func custom(
    _ node: Node, _ place: SourceSpan, _ findings: inout Findings
  ) -> (any FilterStep)? {
    guard let function = node["filter_fn"] else {
      findings.add(
        .error(
          "missing-key", "`custom` needs `filter_fn`", at: place,
          help: "name a Python function: `filter_fn: !function module.function`"))
      return nil
    }
    guard function.tag != nil else {
      findings.add(.wrongType(function, expected: "`!function module.function`"))
      return nil
    }
    return foreign("filter_fn", function, options: node, except: ["function", "filter_fn"], &findings)
  }

  private func foreign(
    _ key: String, _ node: Node, options: Node, except own: Set<String>, _ findings: inout Findings
  ) -> (any FilterStep)? {
    let name = Located(node.scalar?.text.text ?? "", at: node.span)
    guard let bound = functions.function(key, name, &findings) else { return nil }
    guard let function = bound.function else { return UncalledStep() }
    return ForeignFilter(function, options: arguments(options, except: own))
  }

  /// What a mapping says beside keys that are read elsewhere.
  func arguments(_ node: Node, except own: Set<String>) -> OrderedMap {
    let others = (node.entries ?? []).filter { !own.contains($0.key.value) }
    return OrderedMap(others.map { ($0.keyValue, $0.value.value) })
  }

  /// A filter that one of the task's own modules has registered with the harness.
  private func registered(_ name: EmbeddedText, _ node: Node) -> (any FilterStep)? {
    let isFree = !parts.filters.names.contains(name.text) || Self.ownFilters.contains(name.text)
    guard isFree, let host = functions.host(registering: self.node) else {
      return nil
    }
    let filter = RegisteredFilter(name: name.text, options: arguments(node, except: ["function"]), host: host)
    return filter.isThere ? filter : nil
  }
}

/// A step that is looked at and not run.
private struct UncalledStep: FilterStep {
  func apply(toAll answers: [Value], of documents: [OrderedMap]) -> [Value] { answers }
}

extension Diagnostic {
  /// Of two of one name only the later is reported, there as here.
  static func replaced(
    _ code: Code, _ name: String, at place: SourceSpan, first: SourceSpan
  ) -> Diagnostic {
    .warning(
      code, "`\(name)` stands here for the second time and takes the place of the first", at: place,
      labels: [Label("without effect", at: first)], help: "remove the first")
  }
}
