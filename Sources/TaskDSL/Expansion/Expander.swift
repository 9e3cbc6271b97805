import Datasets
import Diagnostics
import Exchange
import Metrics
import Schema
import Values
import YAML

/// Turns one task's documents into requests.
struct Expander {
  let task: BoundTask
  let options: CompileOptions
  let datasets: DatasetStore

  var definition: TaskDefinition { task.definition }
  var prompt: TaskDefinition.PromptKeys { definition.prompt }

  /// How many examples: the command line's number unless the task insists on none.
  var shots: Int {
    let own = prompt.shots
    return max(0, own == 0 ? 0 : options.shots ?? own ?? 0)
  }

  func expand(into builder: inout RequestGraphBuilder, _ findings: inout Findings) -> PlannedTask? {
    guard let split = definition.data.test ?? definition.data.validation else { return nil }
    let source = TaskRows(task: task, datasets: datasets, metadata: metadata)
    guard let rows = source.rows(split, task.process, &findings) else {
      if shots > 0, let pool = exampleSplit { _ = source.rows(pool, task.fewshot.process, &findings) }
      return nil
    }
    var own = Findings()
    let places = options.places(of: task.name, among: rows.rows.count, split, &own)
    let phrasing = Phrasing(
      text: task.text, target: task.target, choice: task.choice, genPrefix: task.genPrefix,
      columns: Columns(rows.columns), rows: rows.rows, order: (places.first == 0 ? [] : [0]) + places)
    phrasing.check(&own)
    task.description?.check(phrasing.columns, &own)
    task.checkAnswerTemplates(phrasing.columns, &own)
    var examples = shots > 0 ? examples(source, phrasing, places, &own) : nil
    findings.add(contentsOf: own)
    guard !own.hasErrors else { return nil }
    var maker = DocumentMaker(task: task, phrasing: phrasing, options: options, split: split.value)
    let documents = maker.documents(at: places, &examples, into: &builder, &findings)
    guard let documents else { return nil }
    if maker.hasDroppedSystem { findings.add(.droppedSystem(definition)) }
    return PlannedTask(
      name: task.name, alias: definition.alias, file: task.file, outputType: task.outputType, shots: shots,
      repeats: definition.scoring.repeats, pipelines: task.pipelines, metrics: task.metrics,
      results: task.results?.function, documents: documents, originalCount: rows.rows.count,
      metadata: metadata, configuration: configuration(metadata),
      hasManyTargets: maker.hasManyTargets, hasManyInputs: maker.hasManyInputs)
  }

  // MARK: - What the results say of the task

  private var metadata: OrderedMap {
    var metadata = definition.metadata
    metadata.update(with: options.metadata)
    if !task.isInline { metadata["config_source"] = .string(task.file) }
    return metadata
  }

  /// The configuration in the order of the harness's keys, without what is null.
  private func configuration(_ metadata: OrderedMap) -> OrderedMap {
    var map = OrderedMap()
    for key in TaskDefinition.reportedKeys {
      switch key {
      case "task": map[key] = .string(task.name)
      case "num_fewshot": map[key] = .int(shots)
      case "metadata": map[key] = .map(metadata)
      case "process_docs": if case .steps? = definition.data.process { map[key] = task.node[key]?.value }
      case "generation_kwargs": if task.outputType == .generateUntil { map[key] = .map(generation.values) }
      default: map[key] = task.node[key]?.value ?? TaskDefinition.reportedDefaults[key]
      }
      if map[key]?.isNull == true { map[key] = nil }
    }
    return map
  }

  private var generation: GenerationOptions { task.generation.updated(with: options.generation) }
}

extension GenerationOptions {
  func updated(with other: OrderedMap) -> GenerationOptions {
    var copy = self
    copy.values.update(with: other)
    return copy
  }
}

extension TaskDefinition {
  /// The keys of a configuration in a results file, in the harness's order.
  static let reportedKeys = [
    "task", "task_alias", "dataset_path", "dataset_name", "dataset_kwargs", "training_split",
    "validation_split",
    "test_split", "fewshot_split", "process_docs", "doc_to_text", "doc_to_target", "unsafe_code",
    "doc_to_choice",
    "description",
    "target_delimiter", "fewshot_delimiter", "fewshot_config", "num_fewshot", "metric_list", "output_type",
    "generation_kwargs", "repeats", "filter_list", "should_decontaminate", "doc_to_decontamination_query",
    "gen_prefix",
    "metadata",
  ]

  static let reportedDefaults: [String: Value] = [
    "unsafe_code": false, "description": "", "target_delimiter": " ", "fewshot_delimiter": "\n\n",
    "output_type": "generate_until", "repeats": 1, "should_decontaminate": false,
  ]
}

extension Diagnostic {
  fileprivate static func droppedSystem(_ task: TaskDefinition) -> Diagnostic {
    .warning(
      "system-message-dropped",
      "the model's chat format takes no system message, so the description and the system instruction are left out",
      at: task.prompt.description?.span ?? task.task.span,
      help: "move what the model must know into `doc_to_text`")
  }
}
