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

  func run() async throws {
    let roots = paths.isEmpty && tasks.names.isEmpty && tasks.folders.includePath.isEmpty ? ["."] : paths
    let missing = roots.filter { !FileManager.default.fileExists(atPath: FolderOptions.trimmed($0)) }
    for path in missing {
      Failure.say("there is no file or folder `\(path)`", "name tasks that are known with --tasks")
    }
    if !missing.isEmpty { throw ExitCode(1) }
    let folders = roots.filter(Self.isFolder)
    let files = roots.filter { !Self.isFolder($0) }
    // Paths and include paths are checked whole; named tasks are looked up in the library too, and so are the
    // members of groups in files, which may also stand beside them.
    var index = tasks.folders.index(withLibrary: !tasks.names.isEmpty || !files.isEmpty)
    for file in files {
      index.add(root: file.contains("/") ? NSString(string: file).deletingLastPathComponent : ".")
    }
    for folder in folders { index.add(root: FolderOptions.trimmed(folder)) }
    let validation = Validation(compiler: TaskCompiler(datasets: tasks.datasets))
    let names = tasks.names + files
    let report = validation.check(index, names: names.isEmpty ? nil : names)
    if !report.withoutData.isEmpty {
      let shown =
        report.withoutData.prefix(5).joined(separator: ", ") + (report.withoutData.count > 5 ? ", …" : "")
      Surroundings.say("data not at hand, so rows were not checked: \(shown) (give --dataset_mirror)")
    }
    FindingsPrinter(sources: report.sources).print(report.findings)
    if report.findings.hasErrors { throw ExitCode(1) }
    print(
      "\(report.tasks) task\(report.tasks == 1 ? "" : "s") and \(report.groups) group\(report.groups == 1 ? "" : "s") checked: no errors"
    )
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }
}
