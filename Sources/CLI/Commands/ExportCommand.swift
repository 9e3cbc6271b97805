import ArgumentParser
import Exchange
import Foundation
import Reports
import Runs
import TaskDSL
import Values

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a run's requests for a batch service, to be answered elsewhere.",
    discussion: """
      Writes JSON lines as OpenAI's batch service has them, which `vllm run-batch`, Ray Data and others take. Each line's \
      `custom_id` is the request's hash, by which `assay import` finds it again. Log-likelihoods are asked of \
      /v1/completions by echoing the prompt with its log-probabilities.
      All flags but these are those of `run`; --output_path is where the answers will be kept.
      """)

  @Option(name: [.customLong("to")], help: ArgumentHelp("The file to write.", valueName: "file"))
  var file: String

  @Option(
    name: [.customLong("batch_model")],
    help: ArgumentHelp("What the service calls the model.", valueName: "name"))
  var batchModel: String

  @Flag(
    name: [.customLong("chat")],
    help:
      "Ask /v1/chat/completions: each prompt is one message of the user. Log-likelihoods cannot be asked so.")
  var isChat = false

  @Argument(parsing: .allUnrecognized, help: ArgumentHelp("Flags of `run`.", valueName: "flags"))
  var flags: [String] = []

  func run() throws {
    let command = try RunCommand.parse(flags)
    guard command.outputPath != nil else {
      throw ValidationError("Name with --output_path the folder in which the answers will be kept.")
    }
    let planned = try command.planned()
    let batch = BatchRequests(model: batchModel, isChat: isChat)
    do {
      let output = try PortionFile(file)
      for request in planned.plan.graph.requests { try output.write(batch.line(request)) }
      try output.finish()
    } catch let error as BatchTrouble {
      Failure.say(error.message, error.help)
      throw ExitCode(1)
    } catch {
      Failure.say(WriteError(file, error), "give another file with --to")
      throw ExitCode(3)
    }
    print("\(planned.plan.graph.requests.count) requests: \(file)")
  }
}
