import ArgumentParser
import Backends

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract:
      "Say what models are computed with on this machine, and how fast, or what a model server is able to do.",
    discussion: """
      Without --model, products are measured for ten seconds on all processors; other programs make it slower. With \
      --model native it is measured how many tokens a second a checkpoint reads and writes. With the --model of a server, \
      a few small requests find out whether it writes texts, heeds stop texts and seeds, takes conversations and scores \
      prompts.
      """)

  @OptionGroup(title: "Model") var model: ModelOptions

  @Option(help: "Seconds to measure; 0 measures nothing.")
  var seconds = 10.0

  func validate() throws {
    guard seconds >= 0, seconds <= 3600 else {
      throw ValidationError("`--seconds` is \(seconds), expected a number from 0 to 3600")
    }
  }

  func run() async throws {
    if model.model != nil {
      let backend = try model.backend(try model.settings(), seed: 0)
      guard let probed = backend as? any Probed else {
        throw ValidationError(
          "--model names a backend that computes nothing; `assay doctor` alone tells of this machine.")
      }
      let lines = await probed.probe(seconds: seconds)
      let width = (lines.map(\.name.count).max() ?? 0) + 2
      for line in lines {
        print(line.name + String(repeating: " ", count: width - line.name.count) + line.text)
      }
      return
    }
    for line in MachineReport.chosen() { show(line) }
    guard seconds > 0 else { return }
    print()
    for line in MachineReport.measured(seconds: seconds) { show(line) }
  }

  private func show(_ line: (name: String, text: String)) {
    print(line.name + String(repeating: " ", count: max(1, 14 - line.name.count)) + line.text)
  }
}
