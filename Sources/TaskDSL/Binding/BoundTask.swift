package import Datasets
public import Diagnostics
public import Exchange
public import Filters
public import Metrics
import Schema
public import Templates
import Values
public import YAML

/// The parts a task may name: handed in, so that plug-ins can add theirs.
public struct Parts: Sendable {
  public var filters: FilterRegistry
  public var metrics: MetricRegistry
  public var templates: TemplateEnvironment
  /// What calls the Python functions that tasks name.
  public var functions: FunctionSupport

  public init(
    filters: FilterRegistry = .tasks, metrics: MetricRegistry = .builtin,
    templates: TemplateEnvironment = .tasks,
    functions: FunctionSupport = .refused(help: "let a process call it, or write it as a template")
  ) {
    self.functions = functions
    self.filters = filters
    self.metrics = metrics
    self.templates = templates
  }
}

/// A task whose names have become things; only its rows are missing.
public struct BoundTask: Sendable {
  public let definition: TaskDefinition
  /// The mapping it was read from.
  public let node: Node
  /// The file that defines it.
  public let file: String
  public let isInline: Bool
  public let pipelines: [FilterPipeline]
  public let metrics: [MetricUse]
  public let generation: GenerationOptions

  let text, target, choice: BoundField?
  let description, genPrefix: BoundText?
  let fewshot: BoundFewshot
  /// Images and sounds, which are checked and put aside: no model here looks at them.
  let media: [BoundField]
  package let data: DatasetReference?
  /// What changes the rows.
  let process: BoundProcess?
  /// The functions that make the rows, and score them.
  let customData, results: BoundFunction?
  /// Every function that its file names, by the keys and places that lead to it.
  let functions: [(path: [Value], function: ForeignFunction)]

  public var name: String { definition.task.value }
  public var outputType: OutputType { definition.scoring.outputType }

  /// Whether Python functions are called for it.
  public var isCallingFunctions: Bool { !node.functions.isEmpty }
}

/// The few-shot part with the task's own settings filled in.
struct BoundFewshot: Sendable {
  let sampler: BoundSampler
  let split: Located<String>?
  let process: BoundProcess?
  let samples: FieldSource?
  let samplesFunction: BoundFunction?
  let text, target, choice: BoundField?
  let genPrefix: BoundText?
  let fewshotDelimiter, targetDelimiter: String
}

/// How examples are chosen.
enum BoundSampler: Sendable {
  /// Drawn anew for each document.
  case random
  /// The first ones, always the same.
  case firstN
  /// As a Python class has it.
  case function(BoundFunction)
}

extension LeafTask {
  /// Decodes the task and looks up all it names; every mistake is said, nothing is read or run.
  public func bind(_ parts: Parts, _ findings: inout Findings) -> BoundTask? {
    var own = Findings()
    defer { findings.add(contentsOf: own) }
    if isClass {
      _ = ClassTask(self, parts, &own)
      return nil
    }
    guard let definition = TaskDefinition.read(self, &own) else { return nil }
    let binder = Binder(
      definition: definition, node: node, parts: parts,
      functions: FunctionBinder(support: parts.functions, paths: paths))
    // What follows from a value that could not be read is no mistake of its own.
    let misread = Set(own.all.filter { $0.severity == .error && $0.code != "unknown-key" }.map(\.span))
    let isTypeKnown = node["output_type"].map { !misread.contains($0.span) } ?? true
    let prompt = definition.prompt
    let text = binder.field(prompt.docToText, "doc_to_text", &own)
    let target = binder.field(prompt.docToTarget, "doc_to_target", &own)
    let choice = binder.field(prompt.docToChoice, "doc_to_choice", &own)
    let description = prompt.description.flatMap { BoundText($0, parts.templates, &own) }
    let genPrefix = prompt.genPrefix.flatMap { BoundText($0, parts.templates, &own) }
    let fewshot = binder.fewshot((text, target, choice, genPrefix), &own)
    let media = prompt.media.fields.compactMap { binder.field($0.source, $0.key, &own) }
    binder.checkNeeds(isTypeKnown: isTypeKnown, &own)
    let pipelines = binder.pipelines(&own)
    let metrics = binder.metrics(isTypeKnown: isTypeKnown, &own)
    let generation = binder.generation(&own)
    let data = binder.reference(file, &own)
    let customData = binder.function(definition.data.custom, "custom_dataset", &own)
    let process = binder.process(definition.data.process, &own)
    let results = binder.function(definition.scoring.process, "process_results", &own)
    guard !own.hasErrors else { return nil }
    return BoundTask(
      definition: definition, node: node, file: file, isInline: isInline, pipelines: pipelines,
      metrics: metrics,
      generation: generation, text: text, target: target, choice: choice, description: description,
      genPrefix: genPrefix, fewshot: fewshot, media: media, data: data, process: process,
      customData: customData, results: results, functions: binder.functions.called(in: node))
  }

  /// Says which splits the data has not, for a task that cannot be bound for other reasons.
  package func checkSplits(in datasets: DatasetStore, _ findings: inout Findings) {
    if isClass { return }
    var said = Findings()
    guard let definition = TaskDefinition.read(self, &said) else { return }
    definition.data.checkSplits(in: datasets, besides: file, &findings)
  }
}

extension BoundTask {
  /// The same for a task whose rows cannot be looked at.
  package func checkSplits(in datasets: DatasetStore, _ findings: inout Findings) {
    definition.data.checkSplits(in: datasets, besides: file, &findings)
  }
}

extension TaskDefinition.DataKeys {
  fileprivate func checkSplits(
    in datasets: DatasetStore, besides file: String, _ findings: inout Findings
  ) {
    guard let path else { return }
    var said = Findings()
    let reference = DatasetReference(
      path: path, name: name, arguments: arguments, taskFolder: Paths.folder(of: file))
    guard datasets.isAtHand(reference), let names = datasets.splits(of: reference, &said) else { return }
    for split in [test ?? validation, fewshot].compactMap(\.self) where !names.contains(split.value) {
      _ = datasets.rows(split, of: reference, &findings)
    }
    // A split that nothing reads is no reason to stop; its name is wrong all the same.
    let others = [training, test == nil ? nil : validation].compactMap(\.self)
    for split in others where !names.contains(split.value) {
      var own = Findings()
      _ = datasets.rows(split, of: reference, &own)
      for var finding in own.all {
        finding.severity = .warning
        findings.add(finding)
      }
    }
  }
}
