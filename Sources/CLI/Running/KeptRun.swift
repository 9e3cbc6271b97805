import ArgumentParser
import Exchange
import Foundation
import Runs
import TaskDSL
import Values

/// A run by the files that keep its answers; several where it was shared out.
struct KeptRun {
  let journals: [(path: String, header: JournalHeader)]

  /// - Parameter files: must have their first lines.
  init(files: [String]) throws {
    journals = try files.map { path in
      guard let header = JournalHeader(path: path) else {
        Failure.say(
          FileManager.default.fileExists(atPath: path)
            ? "\(path): is no file of answers, or its first line is damaged"
            : "\(path): there is no such file",
          "name a run's folder, its `answers_*.jsonl` or its `results_*.json`")
        throw ExitCode(1)
      }
      return (path, header)
    }
  }

  /// The run that a path names: its file of answers, the results beside it, or a folder, whose last run is meant.
  init(_ path: String) throws {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    if isThere, isFolder.boolValue {
      let files = Self.answerFiles(in: path).filter { JournalHeader(path: $0)?.shard == nil }
      let last = files.max { Self.start($0) < Self.start($1) }
      guard let last else {
        Failure.say(
          "\(path): holds no run's answers",
          "a run with --output_path leaves `answers_*.jsonl` beside its results")
        throw ExitCode(1)
      }
      try self.init(files: [last])
    } else if isThere, path.hasSuffix(".json") {
      let url = URL(filePath: path)
      let stem = url.deletingPathExtension().lastPathComponent
      let time = stem.suffix(26)
      try self.init(files: [url.deletingLastPathComponent().path + "/answers_\(time).jsonl"])
    } else {
      try self.init(files: [path])
    }
  }

  private static func start(_ path: String) -> Double { JournalHeader(path: path)?.startedAt ?? 0 }

  /// Every file of answers below a folder, finished or not, sorted.
  static func answerFiles(in folder: String) -> [String] {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter { path in
      let name = path.split(separator: "/").last ?? ""
      return name.hasSuffix(".jsonl") && (name.hasPrefix("answers_") || name.hasPrefix("journal_"))
    }.map { folder + "/" + $0 }
  }

  var header: JournalHeader { journals[0].header }

  /// The command that made it, with other flags laid over its own.
  func command(_ flags: [String]) throws -> RunCommand {
    let saved = header.command["arguments"]?.asList?.compactMap(\.asString) ?? []
    let given = SavedCommand(flags)
    // Samples go where results go, and the run's own folder is not written to again.
    let isWriting = given.flags.contains { $0.name == "output_path" }
    let kept = SavedCommand(saved).flags.filter {
      isWriting || !["log_samples", "predict_only"].contains($0.name)
    }
    var arguments = given.over(kept.flatMap(\.words))
    if let settings = header.command["model_args"]?.asMap, !settings.isEmpty {
      arguments.append("--model_args=" + Value.map(settings).json())
    }
    if let folder = header.command["folder"]?.asString, folder != Surroundings.workingDirectory {
      Surroundings.say("note: the run was made in \(folder); paths of its command are looked up from here")
    }
    return try RunCommand.parse(arguments)
  }

  /// What the model said of itself.
  var facts: OrderedMap { header.command["facts"]?.asMap ?? OrderedMap() }

  /// The answers to a plan's requests, as far as they are there.
  func answers(to requests: RequestHashes) throws -> AnsweredRequests {
    var places: [RequestKey: Int] = [:]
    for (index, hash) in requests.each.enumerated() {
      if let key = RequestKey(hash) { places[key] = index }
    }
    var answers = [Answer?](repeating: nil, count: requests.each.count)
    var notes: [Int: AnswerNote] = [:]
    for (path, _) in journals {
      do throws(JournalError) {
        let contents = try JournalContents(path: path) { key, kept in
          guard let place = places[key] else { return }
          answers[place] = kept.answer
          notes[place] = kept.note
        }
        if let damage = contents.damage { Surroundings.say("note: \(path): \(damage.message)") }
      } catch {
        Failure.say(error.message, nil)
        throw ExitCode(3)
      }
    }
    return AnsweredRequests(answers: answers, notes: notes, keptCount: answers.count { $0 != nil })
  }

  /// Scores its answers and shows what comes of it.
  ///
  /// - Parameter isWhole: every request must be there.
  func score(_ flags: [String], isWhole: Bool) throws {
    let clock = ContinuousClock.now
    let command = try command(flags)
    let planned = try command.planned()
    let plan = planned.plan
    let hashes = RequestHashes(plan.graph)
    if isWhole, hashes.whole != header.plan {
      Failure.say(
        "the tasks or their data have changed since the parts were answered: the requests are others now",
        "give the tasks and flags that the parts were made with, or run them again")
      throw ExitCode(1)
    }
    let answered = try answers(to: hashes)
    let missing = plan.graph.requests.count - answered.answerCount
    if missing > 0 {
      Surroundings.say(
        "note: \(missing) of \(plan.graph.requests.count) requests have no answer in \(journals.map(\.path).joined(separator: ", ")): "
          + (hashes.whole == header.plan
            ? "the run was not finished" : "the prompts are others than those that were answered"))
    }
    let report = RunReport(
      planned: planned,
      facts: try command.facts(
        planned, try command.model.settings(), facts, startedAt: Date().timeIntervalSince1970),
      outputPath: command.outputPath, isWithSamples: command.isLoggingSamples || command.isPredictingOnly,
      isShowingConfiguration: command.isShowingConfiguration)
    try report.prepare()
    let results = answered.results(
      of: plan, planHash: hashes.whole, bootstrapIterations: command.bootstrapIterations
    ) {
      (ContinuousClock.now - clock) / .seconds(1)
    }
    try report.show(results)
    try report.conclude(results)
  }
}
