import Diagnostics
import Foundation

/// The one place that looks at the environment, the terminal and where the program lies.
enum Surroundings {
  static let workingDirectory = FileManager.default.currentDirectoryPath

  static var environment: [String: String] { ProcessInfo.processInfo.environment }

  static func variable(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }

  static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// How many cells a line of standard output has; nil where it is no terminal.
  static var outputWidth: Int? {
    var size = winsize()
    guard isOutputTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  static func isColourful(isTerminal: Bool) -> Bool {
    isTerminal && (variable("NO_COLOR") ?? "").isEmpty && variable("TERM") != "dumb"
  }

  static func paint(isTerminal: Bool) -> Diagnostic.Paint {
    isColourful(isTerminal: isTerminal) ? .colours : .plain
  }

  /// The folder that holds TaskLibrary and Models: installed beside the program, or the checkout it was built in.
  static let home: String? = {
    let program =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
    var folder = URL(filePath: program).standardized.deletingLastPathComponent()
    let installed = folder.deletingLastPathComponent().appending(path: "share/assay")
    if isHome(installed) { return installed.path }
    while folder.path != "/" {
      if isHome(folder) { return folder.path }
      folder = folder.deletingLastPathComponent()
    }
    return nil
  }()

  private static func isHome(_ folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: "TaskLibrary").path)
      && FileManager.default.fileExists(atPath: folder.appending(path: "Models").path)
  }

  /// The whole path of one as seen from the working folder; links stay as they are.
  static func absolute(_ path: String) -> String {
    URL(filePath: path, relativeTo: URL(filePath: workingDirectory + "/")).standardized.path
  }

  /// The path as seen from the working folder where that is shorter to read.
  static func shown(_ path: String) -> String {
    path.hasPrefix(workingDirectory + "/") ? String(path.dropFirst(workingDirectory.count + 1)) : path
  }

  static var taskLibrary: String? { home.map { shown($0 + "/TaskLibrary") } }
  static var shippedModel: String? { home.map { shown($0 + "/Models/assay-tiny") } }

  /// Leaves a large value to the end of the process: taking it apart piece by piece would take longer.
  static func keep(_ value: some Sendable) { _ = Unmanaged.passRetained(Kept(value)) }

  private final class Kept<Value: Sendable>: Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
  }

  /// Says something on standard error.
  static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

  /// The revision of the repository in the working folder, as the harness notes it.
  static var gitHash: String? {
    let head = workingDirectory + "/.git/HEAD"
    guard
      let text = try? String(contentsOfFile: head, encoding: .utf8).trimmingCharacters(
        in: .whitespacesAndNewlines)
    else { return nil }
    guard text.hasPrefix("ref: ") else { return String(text.prefix(9)) }
    let path = workingDirectory + "/.git/" + text.dropFirst(5)
    return (try? String(contentsOfFile: path, encoding: .utf8)).map { String($0.prefix(9)) }
  }

  /// The machine and its system, a fact a line, for who compares times or last digits.
  static var description: String {
    var name = utsname()
    uname(&name)
    let kernel = withUnsafeBytes(of: name.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    let machine = withUnsafeBytes(of: name.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    let system = line(after: "PRETTY_NAME=", in: "/etc/os-release") ?? "Linux"
    let processor = line(after: "model name", in: "/proc/cpuinfo") ?? machine
    return """
      Assay version: \(Assay.version)
      OS: \(system) (\(machine))
      Kernel: Linux \(kernel)
      CPU: \(processor)
      CPU(s): \(ProcessInfo.processInfo.activeProcessorCount)
      Memory: \(ProcessInfo.processInfo.physicalMemory >> 20) MiB
      """
  }

  private static func line(after key: String, in file: String) -> String? {
    let lines = (try? String(contentsOfFile: file, encoding: .utf8))?.split(separator: "\n") ?? []
    return lines.first { $0.hasPrefix(key) }.map {
      $0.dropFirst(key.count).trimmingCharacters(in: CharacterSet(charactersIn: " \t:\""))
    }
  }
}
