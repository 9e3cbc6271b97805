import ArgumentParser
import Diagnostics
import Foundation
import TaskDSL

struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Say what is wrong with task files, with the place of each mistake.",
    discussion: """
      Checks syntax, includes, keys, names of filters and metrics, templates and regular expressions; where a task's \
      data is at hand, also its splits, its columns and the prompts of its first rows. Nothing is downloaded or run.
      Exits with 1 when there are errors, 0 otherwise.
      """)

  @Argument(
    help: "Files or folders; the working folder when there are no tasks either.",
    completion: .file(extensions: ["yaml"]))
  var paths: [String] = []

  @OptionGroup var tasks: TaskOptions
  @OptionGroup var compatibility: CompatibilityOptions

  func run() async throws {
    let roots = paths.isEmpty && tasks.names.isEmpty && tasks.folders.includePath.isEmpty ? ["."] : paths
    let missing = roots.filter { !FileManager.default.fileExists(atPath: FolderOptions.trimmed($0)) }
    for path in missing {
      Failure.say("there is no file or folder `\(path)`", "name tasks that are known with --tasks")
    }
    if !missing.isEmpty { throw ExitCode(1) }
    let folders = roots.filter(Self.isFolder)
    let files = roots.filter { !Self.isFolder($0) }
    let validation = Validation(
      compiler: TaskCompiler(
        options: compatibility.over(CompileOptions()), datasets: tasks.datasets))
    let names = tasks.names + files
    var reports: [Validation.Report] = []
    if !names.isEmpty { reports.append(validation.check(index(for: files), names: names)) }
    if !folders.isEmpty || names.isEmpty {
      var whole = tasks.folders.index(withLibrary: false)
      for folder in folders { whole.add(root: FolderOptions.trimmed(folder)) }
      Surroundings.keep(whole)
      reports.append(validation.check(whole))
    }
    Surroundings.keep(reports)
    try conclude(reports)
  }

  /// Named tasks are looked up in the library too, and so are the members of groups in files, which may also stand
  /// beside them.
  private func index(for files: [String]) -> TaskIndex {
    var index = tasks.folders.index(withLibrary: true)
    for file in files {
      index.add(root: file.contains("/") ? NSString(string: file).deletingLastPathComponent : ".")
    }
    return index
  }

  private func conclude(_ reports: [Validation.Report]) throws {
    let withoutData = reports.flatMap(\.withoutData)
    if !withoutData.isEmpty {
      let shown = withoutData.prefix(5).joined(separator: ", ") + (withoutData.count > 5 ? ", …" : "")
      Surroundings.say("data not at hand, so rows were not checked: \(shown) (give --dataset_mirror)")
    }
    let withPython = reports.flatMap(\.withPython)
    if !withPython.isEmpty {
      let shown = withPython.prefix(5).joined(separator: ", ") + (withPython.count > 5 ? ", …" : "")
      Surroundings.say("Python functions are not called here, so rows were not checked: \(shown)")
    }
    for report in reports { FindingsPrinter(sources: report.sources).print(report.findings) }
    if reports.contains(where: \.findings.hasErrors) { throw ExitCode(1) }
    let tasks = reports.reduce(0) { $0 + $1.tasks }
    let groups = reports.reduce(0) { $0 + $1.groups }
    print(
      "\(tasks) task\(tasks == 1 ? "" : "s") and \(groups) group\(groups == 1 ? "" : "s") checked: no errors")
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }
}
