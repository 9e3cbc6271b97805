import ArgumentParser
import Datasets
import Diagnostics
import Foundation
import Lint
import TaskDSL

struct BreakingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "breaking",
    abstract: "Say what changed in tasks since an earlier version, and whether their version says so.",
    discussion: """
      Compares task files with those of a git revision (a branch, a tag, a commit) or of another folder. Compared is what \
      the files compile to, not how they are written: prompts, examples, choices, right answers, filters, metrics, \
      settings for generation, and rows. Prompts are compared over the rows that are at hand, else over rows made up of \
      the columns that the templates read. Python functions are not called; their files are compared. The old files \
      are read out of git's store: nothing in the working tree changes.
      Each change is told at the key where it shows. It is an error while `metadata.version` is what it was, since \
      scores from before and after would be taken for the same, and a note where it is another.
      Exits with 1 when scores can change without a new version, or a task no longer compiles; 2 when there is no such \
      revision; 3 when git fails; 0 otherwise.

        assay breaking --against main
        assay breaking --against v1.2 tasks/arithmetic
        assay breaking --against 'HEAD~3' --format github
        assay breaking --against ../older-tasks tasks
      """)

  @Argument(
    help: "Files and folders with tasks; the working folder when nothing is named.",
    completion: .file(extensions: ["yaml"]))
  var paths: [String] = []

  @Option(help: ArgumentHelp("The earlier version: a git revision or a folder.", valueName: "revision"))
  var against: String

  @Option(
    name: [.customLong("include_path")],
    help: ArgumentHelp(
      "A folder with tasks that groups may name; may be given several times.", valueName: "folder"))
  var includePath: [String] = []

  @Option(
    name: [.customLong("dataset_mirror")],
    help: ArgumentHelp(
      "A folder with data sets as <dataset_path>/<dataset_name or default>/<split>.jsonl; also ASSAY_DATASETS.",
      valueName: "folder"))
  var datasetMirror: [String] = []

  @Option(
    name: [.customLong("rows"), .customLong("limit")],
    help: ArgumentHelp("How many rows of each task are turned into prompts.", valueName: "n"))
  var rows = 20

  @Option(help: "The form of the findings: text, concise, json, jsonl, sarif, github, gitlab or junit.")
  var format = LintFormat.text

  @Flag(name: .customLong("exit_zero"), help: "Exit with 0 whatever has changed.")
  var exitZero = false

  func validate() throws {
    if rows < 1 { throw ValidationError("--rows is 1 or more, not \(rows).") }
  }

  func run() async throws {
    let given = (paths.isEmpty ? ["."] : paths).map(FolderOptions.trimmed)
    let earlier = try EarlierVersion(against, paths: given)
    defer { earlier.remove() }
    let missing = given.indices.first { number in
      !FileManager.default.fileExists(atPath: given[number]) && !earlier.isThere(number)
    }
    if let missing {
      Failure.say("there is no file or folder `\(given[missing])`, now or in `\(against)`", nil)
      throw ExitCode(2)
    }
    let roots = [Surroundings.taskLibrary].compactMap(\.self) + includePath.map(FolderOptions.trimmed)
    var new = BreakingCheck.Side(
      top: "", paths: given, roots: roots, datasets: datasets(in: Surroundings.workingDirectory))
    new.excluded = earlier.places(below: given)
    var check = BreakingCheck(
      old: BreakingCheck.Side(
        top: earlier.top, paths: earlier.paths, roots: roots, datasets: datasets(in: earlier.workingFolder)),
      named: against, new: new)
    check.rowCount = rows
    try conclude(check.run())
  }

  private func datasets(in folder: String) -> DatasetStore {
    let fromVariable = Surroundings.variable("ASSAY_DATASETS")?.split(separator: ":").map(String.init) ?? []
    return DatasetStore(mirrors: datasetMirror + fromVariable, workingDirectory: folder)
  }

  private func conclude(_ report: BreakingReport) throws {
    let registry = RuleRegistry.builtin
    let paint = Surroundings.paint(isTerminal: Surroundings.isOutputTerminal)
    let text = format == .json ? report.json(registry) : format.text(report.asLintReport, registry, paint)
    FileHandle.standardOutput.write(Data(text.utf8))
    if format == .text || format == .concise { Surroundings.say(report.summary) }
    if report.isBreaking, !exitZero { throw ExitCode(1) }
  }
}
