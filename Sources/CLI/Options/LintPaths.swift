import ArgumentParser
import Foundation
import Lint

/// The files, folders and globs that are named, and standard input.
struct LintPaths {
  private let paths: [String]
  private let stdinName: String?

  init(_ paths: [String], stdinName: String?) {
    self.paths = paths
    self.stdinName = stdinName
  }

  func add(to request: inout LintRequest) throws {
    for path in paths { try add(path, to: &request) }
  }

  private func add(_ path: String, to request: inout LintRequest) throws {
    if path == "-" {
      let name = stdinName ?? "stdin.yaml"
      let bytes = FileHandle.standardInput.readDataToEndOfFile()
      request.texts[name] = String(decoding: bytes, as: UTF8.self)
      request.files.append(name)
      return
    }
    let path = FolderOptions.trimmed(path)
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      if isFolder.boolValue { request.folders.append(path) } else { request.files.append(path) }
      return
    }
    let matched = path.contains { "*?[".contains($0) } ? Self.files(matching: path) : []
    if matched.isEmpty {
      Failure.say("there is no file or folder `\(path)`", "name tasks that are known with --tasks")
      throw ExitCode(2)
    }
    request.files += matched
  }

  /// Where the shell has not done it: globs in quotes, and `**`.
  private static func files(matching glob: String) -> [String] {
    let fixed = glob.split(separator: "/", omittingEmptySubsequences: false).prefix { part in
      !part.contains { "*?[".contains($0) }
    }
    let folder = fixed.isEmpty ? "." : fixed == [""] ? "/" : fixed.joined(separator: "/")
    return Linter.files(matching: glob, below: folder)
  }
}
