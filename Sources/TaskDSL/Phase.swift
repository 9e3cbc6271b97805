import Datasets
public import Diagnostics
import Exchange
import Filters
import Metrics
import Schema
public import Values
import YAML

/// A step on the way from a task's file to what a model is asked.
public enum Phase: String, Sendable, CaseIterable {
  /// The file's own keys.
  case parse
  /// Those of its includes and of groups and commands that lay settings over it, too.
  case resolve
  /// Every key that the language has, with what it says here or stands for when it is left out.
  case decode
  /// The things that the names stand for.
  case bind
  /// The prompts as a tree of pieces, and the requests.
  case plan
}

/// One thing that a phase has come to.
public struct PhaseLine: Sendable {
  public let key: String
  public let value: Value
  /// What kind of thing it is, where that is not plain.
  public let note: String?
  /// Where it was written.
  public let span: SourceSpan?

  init(_ key: String, _ value: Value, note: String? = nil, at span: SourceSpan? = nil) {
    self.key = key
    self.value = value
    self.note = note
    self.span = span
  }
}

extension TaskIndex {
  /// What a task is after a phase; nil with findings where it does not come so far.
  ///
  /// - Parameter compiler: says with which parts, options and data.
  public func lines(
    after phase: Phase, of leaf: LeafTask, _ compiler: TaskCompiler, _ findings: inout Findings
  ) -> [PhaseLine]? {
    switch phase {
    // What the keys of a Python class stand for is its own business.
    case .decode where leaf.isClass, .bind where leaf.isClass: return Self.lines(of: leaf.node)
    case .parse: return Self.lines(of: loader.tree(of: leaf.node.span.source) ?? leaf.node)
    case .resolve: return Self.lines(of: leaf.node)
    case .decode: return TaskDefinition.read(leaf, &findings).map { $0.lines(of: leaf.node) }
    case .bind: return leaf.bind(compiler.parts, &findings)?.lines
    case .plan:
      guard let plan = compiler.compile([.task(leaf)], &findings) else { return nil }
      return plan.graph.lines.map { line in
        let value = (try? Value(json: line)) ?? .null
        let isPiece = value.asMap?["node"] != nil
        return PhaseLine(isPiece ? "piece" : "request", value)
      }
    }
  }

  private static func lines(of node: Node) -> [PhaseLine] {
    (node.entries ?? []).map { entry in
      PhaseLine(entry.key.value, entry.value.value, note: entry.value.tag?.value, at: entry.key.span)
    }
  }
}

extension TaskDefinition {
  fileprivate func lines(of node: Node) -> [PhaseLine] {
    Self.keys.compactMap { key in
      if let entry = node.entry(key.name) {
        return PhaseLine(key.name, entry.value.value, note: key.shape, at: entry.key.span)
      }
      return key.fallback.map { PhaseLine(key.name, .string($0), note: "left out") }
    }
  }
}

extension BoundTask {
  fileprivate var lines: [PhaseLine] {
    var lines = [PhaseLine("output_type", .string(outputType.rawValue))]
    if let data {
      lines.append(
        PhaseLine(
          "data", [.string(data.path.value), data.name.map { .string($0.value) } ?? .null],
          note: "beside \(data.taskFolder)", at: data.path.span))
    }
    for (key, function) in [("custom_dataset", customData), ("process_results", results)] {
      if let function {
        lines.append(PhaseLine(key, .string(function.name.value), note: "function", at: function.name.span))
      }
    }
    for (key, field) in [("doc_to_text", text), ("doc_to_choice", choice), ("doc_to_target", target)] {
      if let field { lines.append(field.line(key)) }
    }
    for (key, text) in [("description", description), ("gen_prefix", genPrefix)] {
      if let text {
        lines.append(PhaseLine(key, .string(text.text.text), note: "template", at: text.text.span))
      }
    }
    lines.append(fewshotLine)
    if outputType == .generateUntil { lines.append(PhaseLine("generation", .map(generation.values))) }
    for pipeline in pipelines {
      lines.append(
        PhaseLine("pipeline \(pipeline.name)", .list(pipeline.steps.map { .string($0.name) }), note: "steps"))
    }
    for use in metrics {
      let direction = use.isHigherBetter.map { $0 ? "higher is better" : "lower is better" }
      lines.append(
        PhaseLine(
          "metric \(use.name)", .string(type(of: use.aggregation).name),
          note: direction ?? "neither is better"))
    }
    return lines
  }

  private var fewshotLine: PhaseLine {
    let way: String =
      switch fewshot.sampler {
      case .random: "default"
      case .firstN: "first_n"
      case .function(let function): function.name.value
      }
    let split = fewshot.split.map { Value.string($0.value) } ?? .null
    return PhaseLine(
      "examples", ["sampler": .string(way), "split": split], note: nil, at: fewshot.split?.span)
  }
}

extension BoundField {
  fileprivate func line(_ key: String) -> PhaseLine {
    switch source {
    case .number(let number, let span): PhaseLine(key, .int(number), note: "number", at: span)
    case .text(let text):
      PhaseLine(key, .string(text.text), note: isTemplate ? "template" : "column or constant", at: text.span)
    case .list(let items, let span), .map(let items, let span):
      PhaseLine(key, .list(items.map(\.value)), note: "list", at: span)
    case .function(let name): PhaseLine(key, .string(name.value), note: "function", at: name.span)
    }
  }
}
