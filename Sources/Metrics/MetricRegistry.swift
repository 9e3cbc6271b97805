public import Diagnostics
public import Schema
import Values
public import YAML

/// The metrics a task may name, and the aggregations: a value, so that tests and plug-ins make their own.
public struct MetricRegistry: Sendable {
  private struct Entry: Sendable {
    let page: Page
    let type: any Metric.Type
    let make: @Sendable (Node, inout Findings) -> (any Metric)?

    init<Made: Metric>(_ metric: Made.Type) {
      page = Page(Made.name, about: Made.about, Made.schema)
      type = metric
      make = { node, findings in
        Made.schema.decode(node, &findings, isReserved: MetricRegistry.reservedKeys.contains)
      }
    }

    func fits(_ outputType: OutputType) -> Bool { type.outputTypes.contains(outputType) }
  }

  public var aggregations: AggregationRegistry
  private var entries: [String: Entry] = [:]

  /// Keys that every entry of `metric_list` has.
  static let reservedKeys = ["metric", "aggregation", "higher_is_better", "hf_evaluate"]

  public init(_ metrics: [any Metric.Type] = [], aggregations: AggregationRegistry = .builtin) {
    self.aggregations = aggregations
    for metric in metrics { add(metric) }
  }

  public mutating func add<Added: Metric>(_ metric: Added.Type) {
    precondition(entries[Added.name] == nil, "two metrics are named `\(Added.name)`")
    entries[Added.name] = Entry(metric)
  }

  /// The metrics that a name stands for: itself, or several for one of the *evaluate* library that gives several numbers.
  public func members(of name: String) -> [String] {
    name == "rouge" ? ["rouge1", "rouge2", "rougeL", "rougeLsum"] : [name]
  }

  /// In alphabetical order.
  public var names: [String] { entries.keys.sorted() }
  /// What documentation says of each, in alphabetical order.
  public var pages: [Page] { names.compactMap { entries[$0]?.page } }
  /// One sentence on one of them, for lists.
  public func summary(of name: String) -> String { entries[name]?.page.summary ?? "" }

  /// Whether the higher number of a metric is the better one; nil for a name that is none.
  public func isHigherBetter(_ name: String) -> Bool? { entries[name]?.type.isHigherBetter }

  /// The metric of a name.
  func metric(named name: String) -> (any Metric.Type)? { entries[name]?.type }

  /// Makes a metric from an entry of `metric_list`: the whole mapping, `metric` included.
  ///
  /// - Parameter aggregation: one of the caller's own, such as a function, in the place of the one that is
  ///   named. It takes whatever the metric gives; and where a metric gives nothing for written answers, it
  ///   gets pairs of what is right and what was written, as in the harness.
  public func make(
    name: Located<String>, options: Node, for outputType: OutputType, aggregation: (any Aggregation)? = nil,
    _ findings: inout Findings
  ) -> MetricUse? {
    guard var entry = entries[name.value] else {
      let isLeftover = name.value == "acc_all" && outputType != .generateUntil
      findings.add(isLeftover ? .leftover(name) : .unknownMetric(name, among: names))
      return nil
    }
    if options["hf_evaluate"]?.value == true, outputType == .generateUntil, name.value == LibraryF1.name {
      entry = Entry(LibraryF1.self)
    }
    let passes = aggregation != nil && outputType == .generateUntil && !entry.fits(outputType)
    let fits = passes || checkFit(name, entry, outputType, &findings)
    let metric = metric(entry, options, outputType, &findings)
    let aggregation = aggregation ?? self.aggregation(entry, name, options, &findings)
    let isHigherBetter = direction(entry, options, &findings)
    let isOurs = checkLibrary(entry, options, outputType, &findings)
    guard fits, isOurs, let metric, let aggregation else { return nil }
    return MetricUse(
      name: name.value, metric: passes ? PassedPair() : metric, aggregation: aggregation,
      isHigherBetter: isHigherBetter)
  }

  /// Where the harness would fail it is an error, where it gives nothing a warning.
  private func checkFit(
    _ name: Located<String>, _ entry: Entry, _ outputType: OutputType, _ findings: inout Findings
  ) -> Bool {
    if entry.fits(outputType) { return true }
    let fails = outputType == .generateUntil
    let fitting = names.filter { entries[$0]?.fits(outputType) ?? false }
    findings.add(
      Diagnostic(
        "metric-does-not-fit", fails ? .error : .warning,
        "`\(name.value)` gives no score with `output_type: \(outputType.rawValue)`", at: name.span,
        help: "use \(fitting.map { "`\($0)`" }.joined(separator: " or "))"))
    return !fails
  }

  /// What `hf_evaluate` asks for is refused unless our own is the same.
  private func checkLibrary(
    _ entry: Entry, _ options: Node, _ outputType: OutputType, _ findings: inout Findings
  ) -> Bool {
    guard let key = options.entries?.first(where: { $0.key.value == "hf_evaluate" }), key.value.value == true
    else { return true }
    if outputType != .generateUntil {
      findings.add(.noEffect(key.key, on: entry.type.name, outputType))
    } else if !entry.type.isInEvaluate {
      findings.add(
        .error(
          "hf-evaluate-unavailable", "the `evaluate` library's `\(entry.type.name)` is not available",
          at: key.value.span, help: "without `hf_evaluate` it is our own, which gives other numbers"))
      return false
    }
    return true
  }

  private func metric(
    _ entry: Entry, _ options: Node, _ outputType: OutputType, _ findings: inout Findings
  ) -> (any Metric)? {
    let type = entry.type
    if type.outputTypesWithOptions.contains(outputType) { return entry.make(options, &findings) }
    for option in options.entries ?? [] where !Self.reservedKeys.contains(option.key.value) {
      findings.add(.noEffect(option.key, on: type.name, outputType))
    }
    return entry.make(Node(.mapping([]), at: options.span), &findings)
  }

  private func aggregation(
    _ entry: Entry, _ metric: Located<String>, _ options: Node, _ findings: inout Findings
  ) -> (any Aggregation)? {
    var name = Located(entry.type.defaultAggregation, at: metric.span)
    if let node = options["aggregation"] {
      guard let given = Shape<String>.string.read(node, &findings) else { return nil }
      name = Located(given, at: node.span)
    }
    guard let aggregation = aggregations.make(name, &findings) else { return nil }
    guard type(of: aggregation).itemKind == entry.type.itemKind else {
      let fitting = aggregations.names.filter { name in
        aggregations[name].map { type(of: $0).itemKind == entry.type.itemKind } ?? false
      }
      findings.add(
        .error(
          "aggregation-does-not-fit",
          "`\(name.value)` cannot put together what `\(entry.type.name)` gives", at: name.span,
          help: "use \(fitting.map { "`\($0)`" }.joined(separator: " or "))"))
      return nil
    }
    return aggregation
  }

  private func direction(_ entry: Entry, _ options: Node, _ findings: inout Findings) -> Bool? {
    guard let node = options["higher_is_better"] else { return entry.type.isHigherBetter }
    return node.isNull ? nil : Shape<Bool>.bool.read(node, &findings)
  }
}

extension MetricRegistry {
  package static let builtinMetrics: [any Metric.Type] = [
    Accuracy.self,
    BLEU.self,
    BitsPerByte.self,
    BrierScore.self,
    Bypass.self,
    ByteNormalizedAccuracy.self,
    BytePerplexity.self,
    ChrF.self,
    ChrFPlusPlus.self,
    ExactMatch.self,
    F1.self,
    LabelAccuracy.self,
    Likelihood.self,
    MatthewsCorrelation.self,
    MutualInformationAccuracy.self,
    NormalizedAccuracy.self,
    Perplexity.self,
    Rouge1.self,
    Rouge2.self,
    RougeL.self,
    RougeLSum.self,
    TranslationEditRate.self,
    WordErrorRate.self,
    WordPerplexity.self,
  ]

  /// Every metric in the folder `Metrics`, with every aggregation.
  public static let builtin = MetricRegistry(builtinMetrics)
}

extension Diagnostic {
  /// A name that the harness knows and that gives no number in a task file.
  fileprivate static func leftover(_ name: Located<String>) -> Diagnostic {
    .warning(
      "metric-does-not-fit", "`\(name.value)` gives no score in a task file", at: name.span,
      help: "remove it; `acc` counts each answer for itself")
  }

  fileprivate static func unknownMetric(_ name: Located<String>, among names: [String]) -> Diagnostic {
    let near = names.nearest(to: name.value)
    let list = "metrics: \(names.joined(separator: ", "))"
    if libraryMetrics.contains(name.value) {
      return .error(
        "hf-evaluate-unavailable", "`\(name.value)` is a metric of the `evaluate` library, which is not used",
        at: name.span, help: list)
    }
    return .error(
      "unknown-metric", "no metric is named `\(name.value)`", at: name.span,
      help: near.map { "did you mean `\($0)`? \(list)" } ?? list,
      fix: near.map { .replace(name.span, with: $0) })
  }

  fileprivate static func noEffect(
    _ key: Located<String>, on metric: String, _ outputType: OutputType
  ) -> Diagnostic {
    .warning(
      "argument-has-no-effect",
      "`\(key.value)` has no effect on `\(metric)` with `output_type: \(outputType.rawValue)`",
      at: key.span, help: "remove it")
  }
}

/// What task files ask of the *evaluate* library, or may, and we have not.
private let libraryMetrics: Set = [
  "bertscore", "bleurt", "cer", "code_eval", "comet", "glue", "google_bleu", "meteor", "precision", "recall",
  "sacrebleu", "sari", "squad", "squad_v2", "super_glue",
]
