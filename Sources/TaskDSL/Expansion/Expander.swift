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
    let configuration = TaskConfiguration(task: task, options: options, shots: shots)
    let source = TaskRows(task: task, datasets: datasets, metadata: configuration.metadata)
    guard let rows = source.rows(split, task.process, &findings) else {
      if shots > 0, let pool = exampleSplit { _ = source.rows(pool, task.fewshot.process, &findings) }
      return nil
    }
    var own = Findings()
    let places = options.places(
      of: task.name, among: rows.rows.count, holder: "the split `\(split.value)`", at: split.span, &own)
    let phrasing = Phrasing(
      text: task.text, target: task.target, choice: task.choice, genPrefix: task.genPrefix,
      columns: Columns(rows.columns), rows: rows.rows, order: (places.first == 0 ? [] : [0]) + places)
    phrasing.check(&own)
    task.description?.check(phrasing.columns, &own)
    task.checkAnswerTemplates(phrasing.columns, &own)
    for media in task.media { media.check(phrasing.columns, &own) }
    var examples = shots > 0 ? examples(source, phrasing, places, &own) : nil
    findings.add(contentsOf: own)
    guard !own.hasErrors else { return nil }
    var maker = DocumentMaker(task: task, phrasing: phrasing, options: options, split: split.value)
    let documents = maker.documents(at: places, &examples, into: &builder, &findings)
    guard let documents else { return nil }
    if maker.hasDroppedSystem { findings.add(.droppedSystem(definition)) }
    return PlannedTask(
      name: task.name, alias: definition.alias, file: task.file, outputType: task.outputType, shots: shots,
      repeats: definition.scoring.repeats, pipelines: task.pipelines,
      metrics: options.isPredictOnly ? [] : task.metrics,
      results: options.isPredictOnly ? nil : task.results?.function, isClass: false, object: nil,
      documents: documents,
      originalCount: rows.rows.count, metadata: configuration.metadata, configuration: configuration.map,
      hasManyTargets: maker.hasManyTargets, hasManyInputs: maker.hasManyInputs,
      mediaKeys: prompt.media.fields.map(\.key), split: split.value, examples: examples?.source)
  }
}

extension GenerationOptions {
  func updated(with other: OrderedMap) -> GenerationOptions {
    var copy = self
    copy.values.update(with: other)
    return copy
  }
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
