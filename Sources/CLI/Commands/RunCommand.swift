import ArgumentParser
import Backends
import Diagnostics
import Exchange
import Foundation
import Reports
import Runs
import TaskDSL
import Values

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Evaluate a model on tasks.",
    discussion: """
      Prints a table of results on standard output; progress and remarks go to standard error. With --output_path the \
      results, and with --log_samples every sample, are written in the harness's layout.
      Each answer is kept as it comes: the same command goes on where it was stopped. Beside the results, or without \
      --output_path in the state folder of the user until the run is whole.
      Exits with 1 when tasks or model cannot be used, 3 when the disk or the network fails or documents are missing \
      from the scores, 130 after Ctrl-C.
      """)

  @OptionGroup(title: "Tasks") var tasks: TaskOptions
  @OptionGroup(title: "Prompts") var prompts: PromptOptions
  @OptionGroup(title: "Prompts") var compatibility: CompatibilityOptions
  @OptionGroup(title: "Model") var model: ModelOptions
  @OptionGroup(title: "Answers") var answers: AnswerOptions

  @Option(
    name: [.customLong("output_path"), .customShort("o")],
    help: ArgumentHelp(
      "The folder for results, or a .json file's name that the time is added to.", valueName: "path"))
  var outputPath: String?

  @Flag(
    name: [.customLong("log_samples"), .customShort("s")],
    help: "Write every sample too; needs --output_path.")
  var isLoggingSamples = false

  @Flag(
    name: [.customLong("predict_only"), .customShort("x")],
    help: "Write the answers without scoring them; needs --output_path.")
  var isPredictingOnly = false

  @Option(
    name: [.customLong("bootstrap_iters")], parsing: .unconditional,
    help: ArgumentHelp(
      "Resamples behind standard errors that have no formula; 0 for no errors at all.", valueName: "n"))
  var bootstrapIterations = 100_000

  @Flag(
    name: [.customLong("write_out"), .customShort("w")],
    help: "Show the first document's prompt of each task.")
  var isWritingOut = false

  @Flag(name: [.customLong("show_config")], help: "Print the results file at the end.")
  var isShowingConfiguration = false

  @Flag(
    name: [.customLong("confirm_run_unsafe_code")],
    help: "Run tasks that are marked `unsafe_code`, which execute what the model writes.")
  var isConfirmingUnsafeCode = false

  @OptionGroup var file: ConfigurationOptions
  @OptionGroup(visibility: .hidden) var idle: IdleOptions

  func validate() throws {
    try tasks.requireNames()
    if outputPath == nil, isLoggingSamples || isPredictingOnly {
      throw ValidationError("\(isPredictingOnly ? "--predict_only" : "--log_samples") needs --output_path.")
    }
    if outputPath == nil, answers.shardText != nil { throw ValidationError("--shard needs --output_path.") }
    if bootstrapIterations < 0 {
      throw ValidationError("--bootstrap_iters is 0 or more, not \(bootstrapIterations).")
    }
  }

  func run() async throws {
    if let listing = tasks.listing { return try ListCommand.list(listing, tasks.folders) }
    idle.say(model.idleFlags)
    let settings = try model.settings()
    let startedAt = Date().timeIntervalSince1970
    let planned = try planned()
    if isWritingOut { try show(planned.plan) }
    let backend = try model.backend(settings, seed: try prompts.seeds()[0] ?? 0)
    try await prepare(backend)
    let report = RunReport(
      planned: planned, facts: try facts(planned, settings, backend.facts, startedAt: startedAt),
      outputPath: outputPath, isWithSamples: isLoggingSamples || isPredictingOnly,
      isShowingConfiguration: isShowingConfiguration)
    if !backend.isRepeatable { try refuseKeeping() }
    try report.prepare()
    let hashes = RequestHashes(planned.plan.graph)
    let header = try header(hashes, backend, report.facts)
    let place = RunKeeping(header: header, options: answers, writer: report.writer)
    if let path = place.finishedShard() {
      Surroundings.say(
        "note: part \(header.shard.map { "\($0)" } ?? "") is finished already; --fresh asks anew")
      print("Answers: \(path)")
      return
    }
    let keeping = backend.isRepeatable ? try place.open(planned.plan.graph.requests, hashes) : nil
    let runner = Runner(
      plan: planned.plan, backend: backend, keeping: keeping, shard: header.shard,
      failureLimit: try answers.failureLimit())
    let clock = ContinuousClock.now
    let answered = try await runner.answers()
    if let shard = header.shard {
      return try finish(shard, answered, runner, report)
    }
    let results = answered.results(
      of: planned.plan, planHash: hashes.whole, bootstrapIterations: bootstrapIterations
    ) {
      (ContinuousClock.now - clock) / .seconds(1)
    }
    try report.show(results)
    if let keeping {
      // What could not be scored is asked for nothing once the task is mended.
      try runner.settle(
        keeping, isComplete: results.isComplete && results.failures.isEmpty, report.writer)
    }
    try report.conclude(results)
  }

  private func prepare(_ backend: any Backend) async throws {
    do throws(BackendError) { try await backend.prepare() } catch {
      Failure.say(error)
      throw ExitCode(error.exitCode)
    }
  }

  /// Answers that depend on what else is asked are of no use to another run.
  private func refuseKeeping() throws {
    if answers.shardText != nil {
      throw ValidationError(
        "--shard: the answers of `\(model.name)` depend on each other and cannot be shared out.")
    }
    if answers.cache != nil {
      Surroundings.say("note: --use_cache has no effect: the answers of `\(model.name)` depend on each other")
    }
  }

  func planned() throws -> PlannedRun {
    var options = try prompts.compileOptions(model)
    options.isPredictOnly = isPredictingOnly
    options.allowsUnsafeCode = isConfirmingUnsafeCode
    let (plan, sources) = try tasks.plan(compatibility.over(options), seeds: try prompts.seeds())
    return PlannedRun(plan: plan, sources: sources, options: options)
  }

  /// - Parameter backendFacts: what the backend says of itself.
  func facts(
    _ planned: PlannedRun, _ settings: OrderedMap, _ backendFacts: OrderedMap, startedAt: Double
  ) throws -> RunFacts {
    let options = planned.options
    return RunFacts(
      model: model.name, modelArguments: BackendRegistry.shown(settings), batchSize: model.batchSize,
      device: model.device,
      limit: prompts.limit, bootstrapIterations: bootstrapIterations, generation: options.generation,
      shots: prompts.shots, seeds: try prompts.seeds(), systemInstruction: prompts.systemInstruction,
      chatTemplate: options.chat?.source,
      isMultiturn: options.chat == nil && prompts.multiturn == nil ? nil : options.isMultiturn,
      startedAt: startedAt, backendFacts: backendFacts, version: Assay.version,
      gitHash: Surroundings.gitHash,
      environment: Surroundings.description)
  }

  private func header(
    _ hashes: RequestHashes, _ backend: any Backend, _ facts: RunFacts
  ) throws -> JournalHeader {
    let settings = BackendRegistry.shown(try KeyValues(model.arguments, flag: "--model_args").map)
    let saved = try SavedCommand.current().keepable
    return JournalHeader(
      identity: [
        "backend": .string(BackendRegistry.builtin.canonicalName(model.name)),
        "assay": .string(Assay.version), "answers": .map(backend.identity),
      ],
      plan: hashes.whole, requestCount: hashes.each.count, shard: try answers.shard(),
      startedAt: facts.startedAt,
      command: [
        "arguments": .list(saved.map { .string($0) }), "model_args": .map(settings),
        "folder": .string(Surroundings.workingDirectory), "facts": .map(backend.facts),
      ])
  }

  /// A part gives no scores: they are made when all parts are there.
  private func finish(
    _ shard: Shard, _ answered: AnsweredRequests, _ runner: Runner, _ report: RunReport
  ) throws {
    guard let writer = report.writer, let keeping = runner.keeping else { return }
    report.say(answered.failures)
    let isComplete = answered.failures.isEmpty
    try runner.settle(keeping, isComplete: isComplete, writer, shard)
    if !isComplete { throw ExitCode(3) }
    print("Part \(shard): \(answered.answerCount) of \(answered.answers.count) requests are answered here")
    print("Answers: \(writer.answersPath(shard))")
  }

  /// Each task's first prompt.
  private func show(_ plan: Plan) throws {
    let maker = PreviewMaker()
    let previews = try plan.tasks.map { try maker.preview(of: $0, in: plan.graph, documents: [0]) }
    print(PreviewText(isColoured: false).text(of: previews), terminator: "")
  }
}
