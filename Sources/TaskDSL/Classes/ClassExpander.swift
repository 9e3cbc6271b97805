import Diagnostics
import Exchange
import Metrics
import Values
import YAML

/// Lets a Python class make its requests, and takes them into the plan.
struct ClassExpander {
  let task: ClassTask
  let options: CompileOptions

  func expand(into builder: inout RequestGraphBuilder, _ findings: inout Findings) -> PlannedTask? {
    do throws(ForeignError) {
      let object = try task.type.ready().made(try settings())
      if object.isUnsafe, !options.allowsUnsafeCode {
        findings.add(.unsafeCode(task.name, at: task.type.name.span))
        return nil
      }
      let places = options.places(
        of: task.name, among: object.count, holder: "the task `\(task.name)`", at: task.type.name.span,
        &findings)
      guard !places.isEmpty else { return nil }
      let isChosen = !(options.samples[task.name] ?? []).isEmpty
      let questions = try object.questions(
        ForeignTask.Portion(
          limit: isChosen || options.limit == nil ? nil : places.count, samples: isChosen ? places : nil,
          systemInstruction: options.systemInstruction, chat: options.chat, isMultiturn: options.isMultiturn))
      return planned(object, questions, places, into: &builder)
    } catch {
      findings.add(task.type.finding(error))
      return nil
    }
  }

  private func settings() throws(ForeignError) -> ForeignTask.Settings {
    var config = task.leaf.node.value.asMap ?? [:]
    config["task"] = .string(task.name)
    config["metadata"] = .map(metadata(config["metadata"] ?? .null))
    var functions: [(path: [Value], reference: FunctionReference)] = []
    for (path, function) in task.functions { functions.append((path, try function.ready().reference)) }
    functions.append((["class"], try task.type.ready().reference))
    return ForeignTask.Settings(
      config: config, functions: functions, generation: options.generation, shots: options.shots,
      seed: options.fewshotSeed)
  }

  /// The task's notes under those of the run; notes that are no mapping stand in one.
  private func metadata(_ own: Value) -> OrderedMap {
    var metadata = own.asMap ?? (own.isNull ? [:] : ["_metadata": own])
    metadata.update(with: options.metadata)
    if !task.leaf.isInline { metadata["config_source"] = .string(task.leaf.file) }
    return metadata
  }

  private func planned(
    _ object: ForeignTask, _ questions: ForeignTask.Questions, _ places: [Int],
    into builder: inout RequestGraphBuilder
  ) -> PlannedTask {
    var documents: [PlannedDocument] = []
    documents.reserveCapacity(questions.documents.count)
    for document in questions.documents {
      let requests = document.requests.map { request in
        (0..<request.repeats).map { add(request, repetition: $0, to: &builder) }
      }
      documents.append(
        PlannedDocument(
          id: places.indices.contains(document.number) ? places[document.number] : document.number,
          row: document.document.asMap ?? [:], question: .null, target: document.target, choices: nil,
          requests: requests, other: document.document.asMap == nil ? document.document : nil,
          numbers: document.requests.map(\.number)))
    }
    let configuration = questions.configuration
    return PlannedTask(
      name: task.name, alias: configuration["task_alias"]?.asString, file: task.leaf.file,
      outputType: outputType(questions), shots: configuration["num_fewshot"]?.asInt ?? 0,
      repeats: configuration["repeats"]?.asInt ?? 1, pipelines: [], metrics: [], results: nil,
      isClass: true, object: options.isPredictOnly ? nil : object, documents: documents,
      originalCount: object.count,
      metadata: ["version": questions.version], configuration: configuration, hasManyTargets: false,
      hasManyInputs: false, mediaKeys: object.hasMedia ? ["MULTIMODAL"] : [],
      split: task.type.name.value, examples: nil)
  }

  private func add(
    _ request: ForeignRequest, repetition: Int, to builder: inout RequestGraphBuilder
  ) -> Int {
    let context = request.arguments.first?.text ?? ""
    switch request.type {
    case .loglikelihoodRolling: return builder.loglikelihoodRolling(context)
    case .loglikelihood:
      return builder.loglikelihood(
        builder.node([Piece(context, .question)]), request.arguments.last?.text ?? "")
    case .generateUntil:
      return builder.generate(
        builder.node([Piece(context, .question)]),
        GenerationOptions(request.arguments.last?.asMap ?? [:]), repetition: repetition)
    }
  }

  /// What the class says of itself where that agrees with what it asks, else what it asks.
  private func outputType(_ questions: ForeignTask.Questions) -> OutputType {
    let said = questions.outputType.flatMap(OutputType.init(rawValue:))
    let types = Set(questions.documents.flatMap { $0.requests.map(\.type) })
    if let said, types.contains(said.requestType) || types.isEmpty { return said }
    if types.contains(.generateUntil) { return .generateUntil }
    return types == [.loglikelihoodRolling] ? .loglikelihoodRolling : .loglikelihood
  }
}
