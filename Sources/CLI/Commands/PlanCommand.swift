import ArgumentParser
import Foundation

struct PlanCommand: ParsableCommand {
  enum Form: String, ExpressibleByArgument, CaseIterable { case slurm, kubernetes, ray }

  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Write a job that runs tasks in parts on many machines.",
    discussion: """
      Prints an array job for Slurm, an Indexed Job for Kubernetes or a script for Ray, with the step that merges the parts. \
      All other flags are those of `run` and stand in the job as they are given. --output_path must be a folder that all \
      machines share. Where one server can have all the GPUs, that is the better way: see Documentation/Running.md.
      """)

  @Option(help: "Whose job to write: \(Form.allCases.map(\.rawValue).joined(separator: ", ")).")
  var emit: Form

  @Option(help: ArgumentHelp("How many parts.", valueName: "n"))
  var shards: Int

  @Option(
    name: [.customLong("program")],
    help: ArgumentHelp("What the program is called on the machines.", valueName: "path"))
  var program = "assay"

  @Option(
    name: [.customLong("image")],
    help: ArgumentHelp("The container image that has the program, for Kubernetes.", valueName: "name"))
  var image = "assay:latest"

  @Argument(parsing: .allUnrecognized, help: ArgumentHelp("Flags of `run`.", valueName: "flags"))
  var flags: [String] = []

  func run() throws {
    guard (1...100_000).contains(shards) else {
      throw ValidationError("--shards is a number of parts from 1 on, not \(shards).")
    }
    let command = try RunCommand.parse(flags)
    guard let output = command.outputPath else {
      throw ValidationError("Name with --output_path a folder that all machines share.")
    }
    if command.answers.shardText != nil { throw ValidationError("--shard is what the job gives each part.") }
    let job = ClusterJob(
      program: program, image: image, flags: flags, output: output, isWithSamples: command.isLoggingSamples,
      count: shards)
    print(emit == .slurm ? job.slurm : emit == .kubernetes ? job.kubernetes : job.ray, terminator: "")
  }
}
