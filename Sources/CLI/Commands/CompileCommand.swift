import ArgumentParser
import Exchange
import Foundation
import Reports
import TaskDSL

struct CompileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Write the requests that tasks make, without asking any model.",
    discussion: """
      One JSON object a line: task, doc_id, idx, request_type and arguments, as the harness's instances have them. \
      With --format graph, the pieces that prompts share are written once, then the requests over them.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case requests, graph }

  @OptionGroup(title: "Tasks") var tasks: TaskOptions
  @OptionGroup(title: "Prompts") var prompts: PromptOptions
  @OptionGroup(title: "Prompts") var compatibility: CompatibilityOptions
  @OptionGroup(title: "Model") var model: ModelOptions

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The file to write; standard output otherwise.", valueName: "file"))
  var output: String?

  @Option(help: "What is written.")
  var format = Format.requests

  func validate() throws { try tasks.requireNames() }

  func run() async throws {
    let options = try prompts.compileOptions(folder: try model.tokenizerFolder())
    let plan = try tasks.plan(compatibility.over(options)).plan
    let lines = format == .graph ? plan.graph.lines : plan.requestLines
    let text = lines.map { $0 + "\n" }.joined()
    guard let output else {
      FileHandle.standardOutput.write(Data(text.utf8))
      return
    }
    do {
      try Data(text.utf8).write(to: URL(filePath: output), options: .atomic)
    } catch {
      Failure.say(WriteError(output, error), "give another place with --output")
      throw ExitCode(3)
    }
    Surroundings.say("\(lines.count) \(format == .graph ? "lines" : "requests") in \(output)")
  }
}
