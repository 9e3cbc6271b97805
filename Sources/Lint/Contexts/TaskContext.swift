public import Diagnostics
public import Metrics
public import TaskDSL
import Templates
import Values
public import YAML

/// One task as includes and groups make it; also one that has mistakes.
public struct TaskContext: Sendable {
  public let leaf: LeafTask
  /// Nil where the task has errors.
  public let bound: BoundTask?
  /// The keys of the task that are not null.
  private let known: [String: Node.Entry]
  /// The number of the text that the task's own file is.
  public let source: SourceID
  /// What is asked; nil where the file says something that is no output type.
  public let outputType: OutputType?

  init(_ leaf: LeafTask, _ bound: BoundTask?) {
    self.leaf = leaf
    self.bound = bound
    var known: [String: Node.Entry] = [:]
    for entry in leaf.node.entries ?? [] where !entry.value.isNull { known[entry.key.value] = entry }
    self.known = known
    source = leaf.node.span.source
    outputType =
      known["output_type"].map { OutputType(rawValue: $0.value.text?.text ?? "") } ?? .generateUntil
  }

  public var name: String { leaf.name }
  /// The place of the task's name, for what has no place of its own.
  public var place: SourceSpan { known["task"]?.value.span ?? leaf.node.span }

  public subscript(_ key: String) -> Node? { known[key]?.value }
  public func entry(_ key: String) -> Node.Entry? { known[key] }
}

extension TaskContext {
  /// A text that is no function; nil where there is none, or something else.
  func text(_ key: String) -> EmbeddedText? { self[key]?.plainText }

  func int(_ key: String) -> Int? {
    if case .int(let number)? = self[key]?.scalar?.value { number } else { nil }
  }

  /// Whether a function scores documents, so that filters and metrics mean what it makes of them.
  var isScoredByFunction: Bool { self["process_results"] != nil }

  /// The number of examples that the file asks for.
  var shots: Int { int("num_fewshot") ?? 0 }

  var repeats: Int { int("repeats") ?? 1 }

  var targetDelimiter: String { text("target_delimiter")?.text ?? " " }

  /// The choices of a list whose items are written out; nil where a template or column gives them.
  var writtenChoices: [Node]? { self["doc_to_choice"]?.items }

  /// The entries of `metric_list` that have a metric.
  var metrics: [(entry: Node, name: Node)] {
    (self["metric_list"]?.items ?? []).compactMap { item in item["metric"].map { (item, $0) } }
  }

  /// The names of the metrics that count: those listed, or the defaults of the output type.
  var metricNames: [String] {
    self["metric_list"] == nil
      ? outputType?.defaultMetrics ?? [] : metrics.compactMap { $0.name.plainText?.text }
  }

  func hasMetric(_ name: String) -> Bool { metricNames.contains(name) }

  /// The steps of each pipeline.
  var pipelines: [(name: Node?, steps: [Node])] {
    (self["filter_list"]?.items ?? []).map { ($0["name"], $0["filter"]?.items ?? []) }
  }

  /// The stop strings as they are written.
  var stops: [(text: EmbeddedText, node: Node)] {
    (self["generation_kwargs"]?["until"]?.oneOrMore ?? []).compactMap { node in
      node.plainText.map { ($0, node) }
    }
  }

  /// The split that is evaluated.
  var evaluated: Node? { self["test_split"] ?? self["validation_split"] }

  /// A setting of the few-shot part.
  func fewshot(_ key: String) -> Node? {
    guard let node = self["fewshot_config"]?[key], !node.isNull else { return nil }
    return node
  }

  static let templateKeys = ["description", "doc_to_text", "doc_to_choice", "doc_to_target", "gen_prefix"]

  /// Every text that may be a template, under its key.
  var templates: [(key: String, text: EmbeddedText)] {
    var all: [(String, EmbeddedText)] = []
    for key in Self.templateKeys {
      if let text = text(key) { all.append((key, text)) }
      if let text = fewshot(key)?.plainText { all.append(("fewshot_config.\(key)", text)) }
    }
    return all
  }
}
