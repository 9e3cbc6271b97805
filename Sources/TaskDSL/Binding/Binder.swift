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
  let functions: FunctionBinder

  private var prompt: TaskDefinition.PromptKeys { definition.prompt }
  var outputType: OutputType { definition.scoring.outputType }

  func field(_ source: FieldSource?, _ key: String, _ findings: inout Findings) -> BoundField? {
    source.flatMap { BoundField($0, key, parts.templates, functions, &findings) }
  }

  /// A value that only a function can be.
  func function(_ source: FieldSource?, _ key: String, _ findings: inout Findings) -> BoundFunction? {
    guard case .function(let name)? = source else { return nil }
    return functions.function(key, name, &findings)
  }

  func process(_ source: ProcessSource?, _ findings: inout Findings) -> BoundProcess? {
    switch source {
    case nil: return nil
    case .function(let name):
      return functions.function("process_docs", name, &findings).map { .function($0) }
    case .steps(let nodes, let span):
      findings.add(
        .beyondStandard(
          "`process_docs` is made of steps", at: span,
          others: "the harness calls what stands here, and stops because it is no function"))
      return .steps(RowSteps(nodes, at: span, &findings))
    }
  }

  /// - Parameter own: the parts of the task itself, which hold where the few-shot part says nothing.
  func fewshot(
    _ own: (text: BoundField?, target: BoundField?, choice: BoundField?, genPrefix: BoundText?),
    _ findings: inout Findings
  ) -> BoundFewshot {
    let config = prompt.fewshot
    if let samples = config.samples {
      switch samples {
      case .list, .function: break
      default: findings.add(.error("wrong-type", "`samples` is a list of mappings", at: samples.span))
      }
    }
    let sampler: BoundSampler =
      switch config.sampler {
      case .random: .random
      case .firstN: .firstN
      case .function(let name):
        functions.function("sampler", name, &findings).map { .function($0) } ?? .random
      }
    return BoundFewshot(
      sampler: sampler, split: config.split.over(definition.data.fewshot),
      process: self.process(config.processDocs.over(definition.data.process), &findings),
      samples: config.samples, samplesFunction: function(config.samples, "samples", &findings),
      text: bound(config.docToText, over: own.text) { field($0, "doc_to_text", &findings) },
      target: bound(config.docToTarget, over: own.target) { field($0, "doc_to_target", &findings) },
      choice: bound(config.docToChoice, over: own.choice) { field($0, "doc_to_choice", &findings) },
      genPrefix: bound(config.genPrefix, over: own.genPrefix) {
        BoundText($0, parts.templates, &findings)
      },
      fewshotDelimiter: config.fewshotDelimiter.over(prompt.fewshotDelimiter) ?? "",
      targetDelimiter: config.targetDelimiter.over(prompt.targetDelimiter) ?? "")
  }

  /// What a setting comes to; what is inherited has been bound already.
  private func bound<Source: Sendable, Bound>(
    _ setting: Override<Source>, over own: Bound?, _ bind: (Source) -> Bound?
  ) -> Bound? {
    switch setting {
    case .inherited: own
    case .none: nil
    case .value(let source): bind(source)
    }
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
          "missing-key", "`\(key)` is required for `output_type: \(outputType.rawValue)`",
          at: node.entry(key)?.key.span ?? place,
          help: node.entry(key) == nil ? "add `\(key)`" : "give `\(key)` a value"))
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
      if data.custom != nil { return nil }
      // A value that is no text has been reported.
      if let node = node["dataset_path"], !node.isNull { return nil }
      findings.add(
        .error(
          "missing-key", "`dataset_path` is required", at: definition.task.span,
          help: "name a data set, a folder or a reader such as `json`"))
      return nil
    }
    return DatasetReference(
      path: path, name: data.name, arguments: data.arguments, taskFolder: Paths.folder(of: file))
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
            help: Self.help(forNumber: temperature)))
        return GenerationOptions()
      }
      options["temperature"] = .double(number)
    }
    return GenerationOptions(options)
  }

  private static func help(forNumber node: Node) -> String? {
    guard let text = node.text?.text else { return "write one number" }
    if Double(text) != nil {
      return node.scalar?.style == .plain
        ? "YAML 1.1 reads `1e-5` as text; write `1.0e-5`" : "write `\(text)` without quotes"
    }
    let pointed = text.replacing(",", with: ".")
    return Double(pointed) != nil ? "write `\(pointed)`" : "write a number, such as `0.7`"
  }

  private func checkUntil(_ until: Node, _ findings: inout Findings) {
    for item in until.items ?? [until] where item.text == nil {
      findings.add(.wrongType(item, expected: "a stop string"))
    }
  }
}
