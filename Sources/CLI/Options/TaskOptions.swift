import ArgumentParser
import Datasets
import Diagnostics
import Foundation
import TaskDSL
import Values

/// Which tasks, and where they and their data are.
struct TaskOptions: ParsableArguments {
  @Option(
    name: [.customLong("tasks"), .customShort("t")], parsing: .upToNextOption,
    help: ArgumentHelp(
      "Names of tasks, groups and tags, with commas or blanks between them; globs, .yaml files and folders of them too.",
      valueName: "names"))
  var tasks: [String] = []

  @OptionGroup var folders: FolderOptions
  @OptionGroup var python: PythonOptions

  @Option(
    name: [.customLong("dataset_mirror")],
    help: ArgumentHelp(
      "A folder with data sets as <dataset_path>/<dataset_name or default>/<split>.jsonl; also ASSAY_DATASETS.",
      valueName: "folder"))
  var datasetMirror: [String] = []

  var names: [String] {
    tasks.flatMap { $0.split(separator: ",") }.map { String($0).pythonStripped }.filter { !$0.isEmpty }
  }

  /// `--tasks list` asks what there is, as older versions of the harness have it, unless something has that name.
  var listing: ListCommand.Kind? {
    let kinds: [String: ListCommand.Kind] = [
      "list": .tasks, "list_groups": .groups, "list_subtasks": .subtasks, "list_tags": .tags,
    ]
    guard names.count == 1, let kind = kinds[names[0]], folders.index().entries[names[0]] == nil else {
      return nil
    }
    return kind
  }

  var datasets: DatasetStore {
    let fromVariable = Surroundings.variable("ASSAY_DATASETS")?.split(separator: ":").map(String.init) ?? []
    return DatasetStore(
      mirrors: datasetMirror + fromVariable, workingDirectory: Surroundings.workingDirectory)
  }

  func requireNames() throws {
    if names.isEmpty { throw ValidationError("Say which tasks with --tasks; `assay ls tasks` lists them.") }
  }

  /// The plan for what was asked for, and the texts it was made from; findings are printed, and errors end the command.
  ///
  /// - Parameter seeds: Python's, NumPy's and PyTorch's.
  func plan(_ options: CompileOptions, seeds: [Int?]) throws -> (plan: Plan, sources: Sources) {
    var index = folders.index()
    try folders.requireFolders(of: index)
    var findings = Findings()
    let members = index.select(names, &findings)
    let datasets = datasets
    var parts = Parts()
    parts.functions = python.support(folders: index.folders, datasets: datasets, seeds: seeds)
    let plan = TaskCompiler(parts: parts, options: options, datasets: datasets).compile(members, &findings)
    FindingsPrinter(sources: index.sources).print(findings)
    guard let plan, !findings.hasErrors else { throw ExitCode(1) }
    return (plan, index.sources)
  }
}
