import ArgumentParser
import Foundation
import Runs

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Put the parts of a run together and score it.",
    discussion: """
      Looks for the files that `run --shard i/n` left, checks that they belong to one run, that every part is there and \
      whole and that none is there twice, and computes all scores from the answers: they are those of a run in one piece. \
      Further flags are those of `run`.
      Exits with 1 when parts are missing or do not belong together.
      """)

  @Argument(
    help: ArgumentHelp("Folders with parts, or the files themselves.", valueName: "paths"))
  var paths: [String]

  @Option(
    name: [.customLong("output_path"), .customShort("o")],
    help: ArgumentHelp("The folder for results.", valueName: "path"))
  var outputPath: String?

  @Flag(
    name: [.customLong("log_samples"), .customShort("s")],
    help: "Write every sample too; needs --output_path.")
  var isLoggingSamples = false

  func run() throws {
    let files = paths.flatMap { path in
      var isFolder: ObjCBool = false
      let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      return isThere && isFolder.boolValue ? KeptRun.answerFiles(in: path) : [path]
    }
    let parts = try KeptRun(files: files).journals.filter { $0.header.shard != nil }
    guard let first = parts.first else {
      throw failure(
        "there are no parts of a run in \(paths.joined(separator: ", "))", "`run --shard i/n` makes them")
    }
    try checkKind(parts, first)
    let count = first.header.shard?.count ?? 1
    var chosen: [String] = []
    var missing: [String] = []
    for number in 1...count {
      let found = parts.filter { $0.header.shard?.number == number }
      let finished = found.filter { ($0.path.split(separator: "/").last ?? "").hasPrefix("answers_") }
      if finished.count > 1 {
        throw failure(
          "part \(number)/\(count) is there \(finished.count) times: \(finished.map(\.path).joined(separator: ", "))",
          "name the files to merge, or move one away")
      }
      if let one = finished.first {
        chosen.append(one.path)
      } else {
        missing.append(found.isEmpty ? "\(number)/\(count)" : "\(number)/\(count) (begun and not finished)")
      }
    }
    guard missing.isEmpty else {
      throw failure(
        "missing: part\(missing.count == 1 ? "" : "s") \(missing.joined(separator: ", "))",
        "run \(missing.count == 1 ? "it" : "them") with the same command and --shard; finished parts stay as they are"
      )
    }
    var flags = isLoggingSamples ? ["--log_samples"] : []
    if let outputPath { flags.append("--output_path=" + outputPath) }
    try KeptRun(files: chosen).score(flags, isWhole: true)
  }

  /// Parts of different runs have no score in common.
  private func checkKind(
    _ parts: [(path: String, header: JournalHeader)], _ first: (path: String, header: JournalHeader)
  )
    throws
  {
    for part in parts.dropFirst() {
      let difference: String? =
        if part.header.identityHash != first.header.identityHash {
          "the model, its settings or the version differ"
        } else if part.header.plan != first.header.plan {
          "the requests differ"
        } else if part.header.shard?.count != first.header.shard?.count {
          "they are shared out in \(first.header.shard?.count ?? 0) and \(part.header.shard?.count ?? 0) parts"
        } else { nil }
      if let difference {
        throw failure(
          "\(first.path) and \(part.path) are parts of different runs: \(difference)",
          "name the files that belong together, or run the parts again with one command")
      }
    }
  }

  private func failure(_ message: String, _ help: String) -> ExitCode {
    Failure.say(message, help)
    return ExitCode(1)
  }
}
