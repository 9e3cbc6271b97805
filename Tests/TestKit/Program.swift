public import Foundation
import Glibc

/// A program of this package, run as a user runs it.
public enum Program {
  /// The folder with the programs that were built beside the tests.
  public static let folder: URL = {
    let tests = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let isBeside = FileManager.default.fileExists(atPath: tests.appending(path: "assay").path)
    return isBeside ? tests : repositoryRoot.appending(path: ".build/debug")
  }()

  /// What a command printed and how it ended.
  public struct Outcome: Sendable {
    public let output, errors: String
    public let code: Int32
  }

  /// Runs a line of shell in a folder, with an environment that holds nothing of the user's.
  ///
  /// The programs of the package are found by name; `$ASSAY` is the top of the repository.
  public static func shell(_ line: String, in place: URL) async throws -> Outcome {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = place
    process.environment = [
      "PATH": "\(folder.path):/usr/bin:/bin", "ASSAY": repositoryRoot.path, "LANG": "C.UTF-8", "TZ": "UTC",
      "COLUMNS": "80", "TMPDIR": FileManager.default.temporaryDirectory.path,
    ]
    // Files take any amount of text, where a pipe that nobody empties would stop the program.
    return try await temporaryFolder { notes in
      process.environment?["XDG_STATE_HOME"] = notes.path
      let output = notes.appending(path: "output")
      let errors = notes.appending(path: "errors")
      for file in [output, errors] { try Data().write(to: file) }
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: errors)
      try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
        process.terminationHandler = { _ in ended.resume() }
        do { try process.run() } catch { ended.resume(throwing: error) }
      }
      return Outcome(
        output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
        errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self),
        code: process.terminationReason == .uncaughtSignal
          ? 128 + process.terminationStatus : process.terminationStatus)
    }
  }
}

/// Runs with a folder of its own, which is gone afterwards.
public func temporaryFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}
