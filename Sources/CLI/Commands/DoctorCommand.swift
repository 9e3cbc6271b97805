import ArgumentParser
import Backends

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what models are computed with on this machine, and measure how fast that is.",
    discussion: "The measurement takes ten seconds on all processors; other programs make it slower.")

  @Option(help: "Seconds to measure; 0 measures nothing.")
  var seconds = 10.0

  func validate() throws {
    guard seconds >= 0, seconds <= 3600 else {
      throw ValidationError("`--seconds` is \(seconds), expected a number from 0 to 3600")
    }
  }

  func run() async throws {
    for line in MachineReport.chosen() { show(line) }
    guard seconds > 0 else { return }
    print()
    for line in MachineReport.measured(seconds: seconds) { show(line) }
  }

  private func show(_ line: (name: String, text: String)) {
    print(line.name + String(repeating: " ", count: max(1, 14 - line.name.count)) + line.text)
  }
}
