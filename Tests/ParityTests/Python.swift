import Foundation
import Plugins

/// An interpreter of this machine, with the libraries that it has or with the stand-ins for them.
///
/// `ASSAY_TEST_PYTHON` names one with `datasets` and `lm_eval`, so that both ways are tested.
struct Python: Sendable {
  let settings: PythonSettings
  let label: String

  static let atHand: [Python] = {
    let environment = ProcessInfo.processInfo.environment
    let interpreter = environment["ASSAY_TEST_PYTHON"] ?? "python3"
    guard answers(interpreter, "pass") else { return [] }
    var settings = PythonSettings(environment: environment)
    settings.interpreter = interpreter
    settings.standIns = ["datasets", "lm_eval"]
    var found = [Python(settings: settings, label: "stand-ins")]
    if answers(interpreter, "import datasets, lm_eval") {
      settings.standIns = []
      found.append(Python(settings: settings, label: "libraries"))
    }
    return found
  }()

  private static func answers(_ interpreter: String, _ program: String) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [interpreter, "-c", program]
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
