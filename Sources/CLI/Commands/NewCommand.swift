import ArgumentParser
import Diagnostics
import Editor
import Foundation
import TaskDSL
import Values
import YAML

struct NewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Make a folder with a task to start from.",
    discussion: """
      Writes NAME/NAME.yaml and its rows, which run as they are and say in comments what to change. Nothing that is there \
      already is overwritten. Exits with 2 for a name that cannot be used, and for files that are in the way.
      """)

  @Argument(help: "The task's name: small letters, digits, _ and -, a letter first.")
  var name: String

  @Option(
    name: .customLong("output_type"),
    help: ArgumentHelp(
      "What is asked of the model: \(Starter.outputTypes.joined(separator: ", ")).", valueName: "type"))
  var outputType: String?

  @Flag(help: "A group of two tasks with a base in common.")
  var group = false

  @Option(help: ArgumentHelp("Where the folder is made.", valueName: "folder"))
  var into = "."

  func validate() throws {
    if group, outputType != nil { throw ValidationError("--group and --output_type exclude each other.") }
    if let outputType, !Starter.outputTypes.contains(outputType) {
      let near = Starter.outputTypes.nearest(to: outputType).map { "; did you mean `\($0)`?" }
      let list = "; there are \(Starter.outputTypes.joined(separator: ", "))."
      throw ValidationError("No output type is named `\(outputType)`\(near ?? list)")
    }
    let isPlain = name.wholeMatch(of: /[a-z][a-z0-9_\-]*/) != nil
    // `no`, `on` and their like are no texts in YAML.
    guard isPlain, case .string = resolvePlainScalar(name) else {
      throw ValidationError(
        "`\(name)` is no name for a task; use small letters, digits, _ and -, a letter first.")
    }
  }

  func run() async throws {
    guard
      let starter = group
        ? Starter.group(name) : Starter.task(name, outputType: outputType ?? Starter.outputTypes[0])
    else { return }
    try requireFreeName()
    let folder = FolderOptions.trimmed(into)
    let path = folder == "." ? name : "\(folder)/\(name)"
    if let taken = starter.files.first(where: { Self.isThere("\(path)/\($0.name)") }) {
      Failure.say(
        "there is already a file `\(path)/\(taken.name)`",
        "choose another name, or another folder with --into")
      throw ExitCode(2)
    }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for file in starter.files {
        try Data(file.text.utf8).write(
          to: URL(filePath: "\(path)/\(file.name)"), options: .withoutOverwriting)
      }
    } catch {
      Failure.say("cannot write to `\(path)`: \(error.localizedDescription)", nil)
      throw ExitCode(3)
    }
    for file in starter.files { print("wrote \(path)/\(file.name)") }
    let tasks = group ? "--include_path \(path) --tasks \(name)" : "--tasks \(path)/\(name).yaml"
    let next = [
      ("assay validate \(path)", "says what is wrong"),
      ("assay preview \(tasks)", "shows the prompts"),
      ("assay run \(tasks)", "gives scores, on the tiny model that ships"),
    ]
    let width = next.map { $0.0.count }.max() ?? 0
    print("\nNext:")
    for (command, gain) in next {
      print("  \(command)\(String(repeating: " ", count: width - command.count + 3))\(gain)")
    }
  }

  /// A task of the same name as one that ships would take its place.
  private func requireFreeName() throws {
    guard let library = Surroundings.taskLibrary, TaskIndex(roots: [library]).entries[name] != nil else {
      return
    }
    Failure.say("there is already a task `\(name)` in the library that ships", "choose another name")
    throw ExitCode(2)
  }

  private static func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
