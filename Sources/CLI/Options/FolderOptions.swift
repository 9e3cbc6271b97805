import ArgumentParser
import Diagnostics
import Foundation
import TaskDSL

/// Where tasks are, beside those that ship.
struct FolderOptions: ParsableArguments {
  @Option(
    name: [.customLong("include_path")],
    help: ArgumentHelp("A folder with more tasks; may be given several times.", valueName: "folder"))
  var includePath: [String] = []

  /// The library's tasks and those of the folders given.
  func index(withLibrary: Bool = true) -> TaskIndex {
    TaskIndex(
      roots: (withLibrary ? [Surroundings.taskLibrary].compactMap(\.self) : [])
        + includePath.map(Self.trimmed))
  }

  /// Ends the command when a folder is not there; what else is wrong with files concerns only who wants them.
  func requireFolders(of index: TaskIndex) throws {
    var missing = Findings()
    for broken in index.broken where broken.findings.all.contains(where: { $0.code == "missing-folder" }) {
      missing.add(contentsOf: broken.findings)
    }
    FindingsPrinter(sources: index.sources).print(missing)
    if missing.hasErrors { throw ExitCode(1) }
  }

  static func trimmed(_ folder: String) -> String {
    let path = NSString(string: folder).expandingTildeInPath
    return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }
}
