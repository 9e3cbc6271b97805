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
  @OptionGroup var file: ConfigurationOptions

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The file to write; standard output otherwise.", valueName: "file"))
  var output: String?

  @Option(help: "What is written.")
  var format = Format.requests

  func validate() throws { try tasks.requireNames() }

  func run() async throws {
    let options = compatibility.over(try prompts.compileOptions(model))
    let plan = try tasks.plan(options, seeds: try prompts.seeds()).plan
    guard let output else {
      _ = write(plan) { FileHandle.standardOutput.write(Data($0)) }
      return
    }
    do {
      let file = try PortionFile(output)
      let count = try write(plan) { try file.write($0) }
      try file.finish()
      Surroundings.say("\(count) \(format == .graph ? "lines" : "requests") in \(output)")
    } catch {
      Failure.say(WriteError(output, error), "give another place with --output")
      throw ExitCode(3)
    }
  }

  /// Says how many lines there are.
  private func write(_ plan: Plan, to take: ([UInt8]) throws -> Void) rethrows -> Int {
    guard format == .graph else { return try plan.writeRequests(take) }
    let lines = plan.graph.lines
    try take(Array(lines.map { $0 + "\n" }.joined().utf8))
    return lines.count
  }
}
