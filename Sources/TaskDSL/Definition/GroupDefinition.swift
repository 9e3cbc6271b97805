package import Diagnostics
public import Schema
public import Values
import YAML

/// A group's own keys; every other key is a setting for its members.
public struct GroupDefinition: Sendable {
  /// How a group's number is made from its tasks'.
  public struct AggregateMetric: Sendable {
    public let metric: String
    /// Which filters' values are gathered; nil for all there are.
    public let filters: [String]?
    public let isWeightedBySize: Bool

    public static let schema = Schema<Self>(
      Field("metric", .metricName, "the metric to gather"),
      .optional(
        "filter_list", .oneOrMore(of: .string), "the filters whose values are gathered; all by default"),
      Field("aggregation", .mean, default: "mean", "how; `mean` is the only one"),
      Field("weight_by_size", .bool, default: true, "whether larger tasks count more"),
      make: { metric, filters, _, isWeighted in
        Self(metric: metric, filters: filters, isWeightedBySize: isWeighted)
      })
  }

  public let alias: String?
  public let metrics: [AggregateMetric]
  public let metadata: OrderedMap

  package static let keys = [
    "group", "group_alias", "task", "aggregate_metric_list", "metadata", "include", "tag", "task_list",
  ]

  static let schema = Schema<Self>(
    .optional("group_alias", .string, "the name printed in tables"),
    Field(
      "aggregate_metric_list", .oneOrMore(of: .aggregateMetric), default: [], shown: "none",
      "the group's own numbers"),
    Field("metadata", .metadata, default: OrderedMap(), shown: "none", "notes; `version` is reported"),
    make: Self.init)

  init(alias: String?, metrics: [AggregateMetric], metadata: OrderedMap) {
    self.alias = alias
    self.metrics = metrics
    self.metadata = metadata
  }

  /// What is missing or wrong in a group is said; its other keys are none of its business.
  package static func read(_ group: LoadedGroup, _ findings: inout Findings) -> GroupDefinition? {
    schema.decode(group.node, &findings) { name in !schema.keys.contains { $0.name == name } }
  }
}

extension Shape where Value == GroupDefinition.AggregateMetric {
  fileprivate static var aggregateMetric: Self {
    let schema = GroupDefinition.AggregateMetric.schema
    return Shape(
      "mapping of \(schema.keys.map(\.name).joined(separator: ", "))", .mapping(schema.keys, others: nil)
    ) {
      GroupDefinition.AggregateMetric.schema.decode($0, &$1)
    }
  }
}

extension Shape where Value == Located<String> {
  /// A text with its place.
  static var locatedText: Self {
    Shape<EmbeddedText>.text.map { text, _, _ in Located(text.text, at: text.span) }
  }
}

extension Shape where Value == String {
  /// A metric is gathered by its name; the harness takes a function and finds no task with a metric of that name.
  fileprivate static var metricName: Self {
    Shape("text") { node, findings in
      guard node.tag?.value == "!function" else { return Shape<String>.string.read(node, &findings) }
      findings.add(
        .warning(
          "argument-has-no-effect",
          "a function is the name of no metric, so that the group has no number of it",
          at: node.span, help: "write the name that the metric has in the tasks"))
      return node.scalar?.text.text ?? ""
    }
  }

  fileprivate static var mean: Self {
    Shape("`mean`", .either([.name([Form.Name("mean")], isOpen: false), .function])) { node, findings in
      if node.text?.text == "mean" { return "mean" }
      if node.tag != nil {
        findings.add(
          .warning(
            "argument-has-no-effect", "a function has no effect here; groups take the mean", at: node.span))
        return "mean"
      }
      findings.add(.error("unknown-aggregation", "a group's aggregation is `mean`", at: node.span))
      return nil
    }
  }
}

extension Shape where Value == OrderedMap {
  /// A mapping; anything else is kept under `_metadata`.
  static var metadata: Self {
    Shape("mapping", .either([.mapping(TaskFilePages.metadata, others: .anything), .anything])) { node, _ in
      if case .map(let map) = node.value { return map }
      return node.isNull ? OrderedMap() : ["_metadata": node.value]
    }
  }
}
