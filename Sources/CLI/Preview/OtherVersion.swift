import ArgumentParser
import Foundation

/// The other version of tasks that a preview is compared with: names, files and folders, or a git revision.
final class OtherVersion {
  /// What is asked for there.
  let names: [String]
  /// Where its tasks lie; nil for the folders of the command.
  let includePath: [String]?
  /// What it is called.
  let label: String
  /// The revision's files, which are removed in the end.
  private let tree: String?

  /// - Parameters:
  ///   - other: a task's name, a file or folder, `REV:` for the same tasks at a revision, or `REV:path`.
  ///   - names: what the command shows.
  init(_ other: String, names: [String], includePath: [String]) throws {
    label = other
    let parts = other.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty, !FileManager.default.fileExists(atPath: other) else {
      self.names = other.split(separator: ",").map(String.init)
      self.includePath = nil
      tree = nil
      return
    }
    let here = Surroundings.workingDirectory
    let root = try Self.git(["rev-parse", "--show-toplevel"], in: here)
    let revision = try Self.git(
      ["rev-parse", "--verify", "--end-of-options", parts[0] + "^{commit}"], in: here)
    let tree = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)").path
    self.tree = tree
    try FileManager.default.createDirectory(atPath: tree, withIntermediateDirectories: true)
    let archive = tree + ".tar"
    defer { try? FileManager.default.removeItem(atPath: archive) }
    _ = try Self.git(["archive", "--format=tar", "--output=\(archive)", revision], in: root)
    _ = try Self.output(of: "tar", ["-xf", archive, "-C", tree], in: root)
    let inTree = Self.mapping(from: root, to: tree, in: here)
    self.includePath = includePath.map(inTree)
    self.names = parts[1].isEmpty ? names.map(inTree) : [inTree(parts[1])]
    let isMissing = parts[1].hasSuffix(".yaml") && !FileManager.default.fileExists(atPath: inTree(parts[1]))
    if isMissing {
      Failure.say("there is no `\(parts[1])` in `\(parts[0])`", "name a file or folder of that revision")
      throw ExitCode(1)
    }
  }

  deinit {
    if let tree { try? FileManager.default.removeItem(atPath: tree) }
  }

  /// Files and folders of the repository become those of the tree; anything else is a name, and stays.
  private static func mapping(from root: String, to tree: String, in here: String) -> (String) -> String {
    { path in
      let whole = URL(filePath: path, relativeTo: URL(filePath: here + "/")).standardizedFileURL.path
      guard whole == root || whole.hasPrefix(root + "/") else { return path }
      let there = tree + whole.dropFirst(root.count)
      return FileManager.default.fileExists(atPath: there) || path.hasSuffix(".yaml") ? there : path
    }
  }

  private static func git(_ arguments: [String], in folder: String) throws -> String {
    try output(of: "git", arguments, in: folder)
  }

  private static func output(of program: String, _ arguments: [String], in folder: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = URL(filePath: folder)
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    let trouble = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let words = String(decoding: trouble, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
      Failure.say(
        "\(program) \(arguments[0]) does not work here: \(words)",
        "--diff takes a task's name, a file, a folder, or REV: or REV:path inside a git repository")
      throw ExitCode(1)
    }
    return String(decoding: said, as: UTF8.self).trimmingCharacters(in: .newlines)
  }
}
