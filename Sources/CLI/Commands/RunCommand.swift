import ArgumentParser
import Backends
import Diagnostics
import Exchange
import Foundation
import Reports
import Runs
import Synchronization
import TaskDSL
import Values

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Evaluate a model on tasks.",
    discussion: """
      Prints a table of results on standard output; progress and remarks go to standard error. With --output_path the \
      results, and with --log_samples every sample, are written in the harness's layout.
      Exits with 1 when tasks or model cannot be used, 3 when the disk or the network fails.
      """)

  @OptionGroup(title: "Tasks") var tasks: TaskOptions
  @OptionGroup(title: "Prompts") var prompts: PromptOptions
  @OptionGroup(title: "Prompts") var compatibility: CompatibilityOptions
  @OptionGroup(title: "Model") var model: ModelOptions

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
    if bootstrapIterations < 0 {
      throw ValidationError("--bootstrap_iters is 0 or more, not \(bootstrapIterations).")
    }
  }

  func run() async throws {
    if let listing = tasks.listing { return try ListCommand.list(listing, tasks.folders) }
    idle.say(model.idleFlags)
    let settings = try model.settings()
    var options = try prompts.compileOptions(model)
    options.isPredictOnly = isPredictingOnly
    options.allowsUnsafeCode = isConfirmingUnsafeCode
    let startedAt = Date().timeIntervalSince1970
    let (plan, sources) = try tasks.plan(compatibility.over(options), seeds: try prompts.seeds())
    if isWritingOut {
      try show(plan)
    }
    let backend = try model.backend(settings, seed: try prompts.seeds()[0] ?? 0)
    let facts = RunFacts(
      model: model.name, modelArguments: BackendRegistry.shown(settings), batchSize: model.batchSize,
      device: model.device,
      limit: prompts.limit, bootstrapIterations: bootstrapIterations, generation: options.generation,
      shots: prompts.shots, seeds: try prompts.seeds(), systemInstruction: prompts.systemInstruction,
      chatTemplate: options.chat?.source,
      isMultiturn: options.chat == nil && prompts.multiturn == nil ? nil : options.isMultiturn,
      startedAt: startedAt, backendFacts: backend.facts, version: Assay.version,
      gitHash: Surroundings.gitHash,
      environment: Surroundings.description)
    let writer = outputPath.map {
      ResultsWriter(outputPath: $0, facts: facts, isWithSamples: isLoggingSamples || isPredictingOnly)
    }
    try writer.map(prepare)
    let results = try await evaluate(plan, backend)
    let file = results.resultsFile(facts)
    if isShowingConfiguration { print(file.json(indent: 2)) }
    print(Self.summary(facts))
    print(ResultsTable(file).text, terminator: "")
    try writer.map { try write(results, plan, $0) }
    try say(results.failures, sources)
  }

  /// Each task's first prompt.
  private func show(_ plan: Plan) throws {
    let maker = PreviewMaker()
    let previews = try plan.tasks.map { try maker.preview(of: $0, in: plan.graph, documents: [0]) }
    print(PreviewText(isColoured: false).text(of: previews), terminator: "")
  }

  /// What could not be scored comes last, below the numbers that there are.
  private func say(_ failures: [ScoringFailure], _ sources: Sources) throws {
    for failure in failures {
      guard let span = failure.span else {
        Failure.say(failure.text, failure.help, note: failure.note)
        continue
      }
      var finding = Findings()
      finding.add(.error("scoring-failed", failure.text, at: span, help: failure.help))
      FindingsPrinter(sources: sources).print(finding)
    }
    if !failures.isEmpty { throw ExitCode(1) }
  }

  private func evaluate(_ plan: Plan, _ backend: any Backend) async throws -> RunResults {
    let bar = ProgressBar()
    let remarks = Remarks()
    let evaluation = Evaluation(plan: plan, backend: backend, bootstrapIterations: bootstrapIterations) {
      event in
      switch event {
      case .asking: bar.begin()
      case .answered(let done, let total): bar.show(done: done, of: total)
      case .remark(let remark, let count): remarks.note(remark, count)
      case .scoring: bar.end()
      }
    }
    do throws(RunError) {
      let results = try await evaluation.run()
      remarks.say()
      return results
    } catch {
      bar.end()
      remarks.say()
      Failure.say(error.message, error.help)
      if case .backend(let error) = error { throw ExitCode(error.exitCode) }
      throw ExitCode(1)
    }
  }

  /// A place that cannot be written to shows before hours of work, not after them.
  private func prepare(_ writer: ResultsWriter) throws {
    do throws(WriteError) { try writer.prepare() } catch {
      Failure.say(error, "give another place with --output_path")
      throw ExitCode(3)
    }
  }

  private func write(_ results: RunResults, _ plan: Plan, _ writer: ResultsWriter) throws {
    do throws(WriteError) {
      let paths = try writer.write(results, plan.graph.requests)
      print("Results: \(paths[0])")
      if paths.count > 1 { print("Samples: \(paths.count - 1) file\(paths.count == 2 ? "" : "s") beside it") }
    } catch {
      Failure.say(error, "the results above are all there is; free the place and run again")
      throw ExitCode(3)
    }
  }

  /// What was run, in one line, as the harness heads its tables.
  static func summary(_ facts: RunFacts) -> String {
    let limit = facts.limit.map { pythonRepr($0) } ?? "None"
    let shots = facts.shots.map(String.init) ?? "None"
    return """
      \(facts.model) (\(Value.map(facts.modelArguments).repr)), gen_kwargs: (\(Value.map(facts.generation).repr)), \
      limit: \(limit), num_fewshot: \(shots), batch_size: \(facts.batchSize ?? "1")
      """
  }
}

/// What a backend remarked, said once per kind at the end.
private final class Remarks: Sendable {
  private let noted = Mutex<[(remark: Remark, count: Int)]>([])

  func note(_ remark: Remark, _ count: Int) {
    noted.withLock { noted in
      if let index = noted.firstIndex(where: { $0.remark.kind == remark.kind }) {
        noted[index].count = max(noted[index].count, count)
      } else {
        noted.append((remark, count))
      }
    }
  }

  func say() {
    for (remark, count) in noted.withLock({ $0 }) {
      Surroundings.say("note: \(remark.message)" + (count > 1 ? " (\(count) times)" : ""))
    }
  }
}
