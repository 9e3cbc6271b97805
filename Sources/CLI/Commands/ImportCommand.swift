import ArgumentParser
import Exchange
import Foundation
import Reports
import Runs
import TaskDSL
import Values

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take a batch service's answers, and score them when all are there.",
    discussion: """
      Reads the results of a batch that `assay export` wrote, keeps the answers below --output_path as a run would, and \
      scores them. Several files of one batch may be given. All other flags are those of `run`, as they were exported with.
      Exits with 1 when an answer belongs to no request or is there twice, 3 when answers are missing.
      """)

  @Argument(help: ArgumentHelp("The service's file of results.", valueName: "file"))
  var file: String

  @Option(
    name: [.customLong("batch_model")],
    help: ArgumentHelp("What the service calls the model.", valueName: "name"))
  var batchModel: String

  @Argument(parsing: .allUnrecognized, help: ArgumentHelp("Flags of `run`.", valueName: "flags"))
  var flags: [String] = []

  func run() throws {
    let arguments = SavedCommand(flags + ["--model=batch"])
    let command = try RunCommand.parse(arguments.flags.flatMap(\.words))
    guard command.outputPath != nil else {
      throw ValidationError("Name with --output_path the folder in which the answers are kept.")
    }
    let startedAt = Date().timeIntervalSince1970
    let planned = try command.planned()
    let plan = planned.plan
    let hashes = RequestHashes(plan.graph)
    let batch = try results(plan.graph.requests)
    let settings: OrderedMap = ["model": .string(batchModel)]
    let report = RunReport(
      planned: planned, facts: try command.facts(planned, settings, [:], startedAt: startedAt),
      outputPath: command.outputPath, isWithSamples: command.isLoggingSamples || command.isPredictingOnly,
      isShowingConfiguration: command.isShowingConfiguration)
    try report.prepare()
    let header = JournalHeader(
      identity: ["backend": "batch", "assay": .string(Assay.version), "answers": .map(settings)],
      plan: hashes.whole, requestCount: hashes.each.count, startedAt: startedAt,
      command: [
        "arguments": .list(arguments.keepable.map { .string($0) }), "model_args": .map(settings),
        "folder": .string(Surroundings.workingDirectory),
      ])
    let place = RunKeeping(header: header, options: command.answers, writer: report.writer)
    guard let keeping = try place.open(plan.graph.requests, hashes), let writer = report.writer else {
      return
    }
    do {
      for (index, kept) in batch.answers.sorted(by: { $0.key < $1.key }) {
        try keeping.keep(kept, at: index)
      }
      try keeping.synchronize()
      let run = try KeptRun(files: [keeping.journal.path])
      let answered = try run.answers(to: hashes)
      let missing = hashes.each.count - answered.answerCount
      report.say(batch.failures)
      guard missing == 0 else {
        Failure.say(
          "\(missing) of \(hashes.each.count) requests have no answer yet",
          "import the file that has them with the same flags; what is there is kept in \(keeping.journal.path)"
        )
        throw ExitCode(3)
      }
      try keeping.journal.finish(as: writer.answersPath())
      let results = answered.results(
        of: plan, planHash: hashes.whole, bootstrapIterations: command.bootstrapIterations,
        seconds: { Date().timeIntervalSince1970 - startedAt })
      try report.show(results)
      try report.conclude(results)
    } catch let error as JournalError {
      Failure.say("cannot keep the answers: \(error.message)", "make room and import again")
      throw ExitCode(3)
    }
  }

  private func results(_ requests: [Request]) throws -> BatchResults {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw ValidationError("`\(file)` cannot be read.")
    }
    var batch = BatchResults(requests: requests)
    for (index, line) in data.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty {
      do throws(BatchTrouble) { try batch.add(line, number: index + 1) } catch {
        Failure.say("\(file): \(error.message)", error.help)
        throw ExitCode(1)
      }
    }
    return batch
  }
}
