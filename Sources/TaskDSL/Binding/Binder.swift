import Datasets
import Diagnostics
import Exchange
import Filters
import Metrics
import Schema
import Templates
import Values
import YAML

/// Looks up what one task's keys name.
struct Binder {
  let definition: TaskDefinition
  /// The mapping it was read from.
  let node: Node
  let parts: Parts

  private var prompt: TaskDefinition.PromptKeys { definition.prompt }
  private var outputType: OutputType { definition.scoring.outputType }

  func field(_ source: FieldSource?, _ key: String, _ findings: inout Findings) -> BoundField? {
    source.flatMap { BoundField($0, key, parts.templates, &findings) }
  }

  func fewshot(_ findings: inout Findings) -> BoundFewshot {
    let config = prompt.fewshot
    if let process = config.processDocs, case .function(let name) = process {
      findings.add(.pythonFunction("process_docs", name))
    }
    if let samples = config.samples {
      switch samples {
      case .list: break
      case .function(let name): findings.add(.pythonFunction("samples", name))
      default: findings.add(.error("wrong-type", "`samples` is a list of mappings", at: samples.span))
      }
    }
    return BoundFewshot(
      sampler: config.sampler, split: config.split.over(definition.data.fewshot), samples: config.samples,
      text: field(config.docToText.over(prompt.docToText), "doc_to_text", &findings),
      target: field(config.docToTarget.over(prompt.docToTarget), "doc_to_target", &findings),
      choice: field(config.docToChoice.over(prompt.docToChoice), "doc_to_choice", &findings),
      genPrefix: config.genPrefix.over(prompt.genPrefix).flatMap {
        BoundText($0, parts.templates, &findings)
      },
      fewshotDelimiter: config.fewshotDelimiter.over(prompt.fewshotDelimiter) ?? "",
      targetDelimiter: config.targetDelimiter.over(prompt.targetDelimiter) ?? "")
  }

  /// Keys without which an output type cannot be asked.
  func checkNeeds(isTypeKnown: Bool, _ findings: inout Findings) {
    let place = definition.task.span
    // A key that was misspelled is not missing too.
    let meant = Set(findings.all.flatMap { $0.fix?.edits.map(\.replacement) ?? [] })
    func need(_ key: String, _ isThere: Bool) {
      // A value that could not be read has been reported.
      if isThere || !isTypeKnown || meant.contains(key) || node[key]?.isNull == false { return }
      findings.add(
        .error(
          "missing-key", "`\(key)` is required for `output_type: \(outputType.rawValue)`", at: place,
          help: "add `\(key)`"))
    }
    if outputType != .loglikelihoodRolling { need("doc_to_text", prompt.docToText != nil) }
    need("doc_to_target", prompt.docToTarget != nil)
    if outputType == .multipleChoice { need("doc_to_choice", prompt.docToChoice != nil) }
    let data = definition.data
    let isSaid = node["test_split"] != nil || node["validation_split"] != nil
    if data.test == nil, data.validation == nil, !isSaid,
      meant.isDisjoint(with: ["test_split", "validation_split"])
    {
      findings.add(
        .error(
          "missing-key", "nothing says which split is evaluated", at: place,
          help: "add `test_split` or `validation_split`"))
    }
    if definition.scoring.repeats < 1 {
      findings.add(
        .error("out-of-range", "`repeats` is at least 1", at: node["repeats"]?.span ?? place))
    }
  }

  func reference(_ file: String, _ findings: inout Findings) -> DatasetReference? {
    let data = definition.data
    guard let path = data.path else {
      // A function that makes the data takes the place of its name.
      if findings.all.contains(where: { $0.code == "python-function" }) { return nil }
      // A value that is no text has been reported.
      if let node = node["dataset_path"], !node.isNull { return nil }
      findings.add(
        .error(
          "missing-key", "`dataset_path` is required", at: definition.task.span,
          help: "name a data set, a folder or a reader such as `json`"))
      return nil
    }
    return DatasetReference(
      path: path, name: data.name, arguments: data.arguments, taskFolder: Files.folder(of: file))
  }

  // MARK: - Filters and metrics

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
      if let first = names[pipeline.name] {
        findings.add(
          .error(
            "duplicate-pipeline",
            "two pipelines are named `\(pipeline.name)`, and only one could be reported", at: place,
            labels: [Diagnostic.Label("the first", at: first)], help: "rename one of them"))
      }
      names[pipeline.name] = place
      pipelines.append(pipeline)
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
    guard let name = node["name"] else {
      findings.add(.error("missing-key", "a pipeline needs a `name`", at: node.span))
      return nil
    }
    guard let label = Shape<String>.string.read(name, &findings) else { return nil }
    guard let steps = node["filter"] else {
      findings.add(
        .error("missing-key", "the pipeline `\(label)` needs a list of steps under `filter`", at: name.span))
      return nil
    }
    guard let items = steps.items else {
      findings.add(.wrongType(steps, expected: "a list of steps, each with `function`"))
      return nil
    }
    return FilterPipeline(name: label, steps: items.compactMap { step($0, &findings) })
  }

  private func step(_ node: Node, _ findings: inout Findings) -> (any Filter)? {
    guard let function = node["function"] else {
      findings.add(
        .error("missing-key", "a step needs the name of its filter under `function`", at: node.span))
      return nil
    }
    if function.tag != nil {
      findings.add(.pythonFunction("function", Located(function.scalar?.text.text ?? "", at: function.span)))
      return nil
    }
    guard let name = Shape<EmbeddedText>.text.read(function, &findings) else { return nil }
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

  func metrics(isTypeKnown: Bool, _ findings: inout Findings) -> [MetricUse] {
    var own = Findings()
    let metrics = metrics(&own)
    for finding in own.all where isTypeKnown || finding.code != "metric-does-not-fit" {
      findings.add(finding)
    }
    return metrics
  }

  private func metrics(_ findings: inout Findings) -> [MetricUse] {
    guard let list = definition.scoring.metrics, !list.isNull else { return defaultMetrics(&findings) }
    guard let items = list.items else {
      findings.add(.wrongType(list, expected: "a list of metrics, each with `metric`"))
      return []
    }
    var names: [String: SourceSpan] = [:]
    return items.compactMap { item in
      guard let metric = item["metric"] else {
        findings.add(.error("missing-key", "an entry of `metric_list` needs `metric`", at: item.span))
        return nil
      }
      for key in ["metric", "aggregation"] {
        guard let value = item[key], value.tag != nil else { continue }
        findings.add(.pythonFunction(key, Located(value.scalar?.text.text ?? "", at: value.span)))
        return nil
      }
      guard let name = Shape<EmbeddedText>.text.read(metric, &findings) else { return nil }
      if let first = names.updateValue(name.span, forKey: name.text) {
        findings.add(
          .error(
            "duplicate-metric", "`\(name.text)` is listed twice, and only one could be reported",
            at: name.span,
            labels: [Diagnostic.Label("the first", at: first)], help: "remove one of them"))
      }
      return parts.metrics.make(
        name: Located(name.text, at: name.span), options: item, for: outputType, &findings)
    }
  }

  private func defaultMetrics(_ findings: inout Findings) -> [MetricUse] {
    let span = definition.task.span
    return outputType.defaultMetrics.compactMap {
      parts.metrics.make(
        name: Located($0, at: span), options: Node(.mapping([]), at: span), for: outputType, &findings)
    }
  }

  // MARK: - Generation

  func generation(_ findings: inout Findings) -> GenerationOptions {
    guard let node = definition.scoring.generation, !node.isNull else {
      return GenerationOptions([
        "temperature": 0.0, "do_sample": false, "max_gen_toks": 256,
        "until": [.string(prompt.fewshotDelimiter)],
      ])
    }
    guard case .map(var options) = node.value else {
      findings.add(.wrongType(node, expected: "a mapping"))
      return GenerationOptions()
    }
    if outputType != .generateUntil {
      findings.add(
        .warning(
          "argument-has-no-effect",
          "`generation_kwargs` has no effect with `output_type: \(outputType.rawValue)`",
          at: node.span))
    }
    if let until = node["until"] {
      checkUntil(until, &findings)
    } else {
      options["until"] = [.string(prompt.fewshotDelimiter)]
    }
    if let temperature = node["temperature"] {
      guard let number = temperature.scalar?.value.asDouble else {
        findings.add(
          .error(
            "wrong-type", "`temperature` is a number, found \(temperature.kind)", at: temperature.span,
            help: "YAML 1.1 reads `1e-5` as text; write `1.0e-5`"))
        return GenerationOptions()
      }
      options["temperature"] = .double(number)
    }
    return GenerationOptions(options)
  }

  private func checkUntil(_ until: Node, _ findings: inout Findings) {
    for item in until.items ?? [until] where item.text == nil {
      findings.add(.wrongType(item, expected: "a stop string"))
    }
  }
}
