import ArgumentParser
import Diagnostics
import Foundation

/// The files of a git revision in a folder of their own, or those of another folder.
struct EarlierVersion {
  /// The folder that paths start from.
  let top: String
  let paths: [String]
  /// What was the working folder then.
  let workingFolder: String
  private let scratch: URL?
  /// Whether a folder stands for paths that are not in it.
  private let isWhole: Bool

  init(_ name: String, paths: [String]) throws {
    let isFolder = Self.isFolder(name)
    if isFolder, name.contains("/") || name.hasPrefix(".") || Git.commit(name) == nil {
      let top = FolderOptions.trimmed(name)
      self.top = top
      // The same paths below the other folder; where none is there, the folder itself.
      isWhole = !paths.contains {
        !$0.hasPrefix("/") && FileManager.default.fileExists(atPath: top + "/" + $0)
      }
      self.paths = isWhole ? paths.map { _ in "." } : paths
      workingFolder = top
      scratch = nil
      return
    }
    let repository = try Git.repository()
    guard let commit = Git.commit(name) else {
      let near = Git.names().nearest(to: name).map { "did you mean `\($0)`?" }
      Failure.say(
        "git knows no revision `\(name)`, and there is no such folder",
        near ?? "name a branch, a tag or a commit, such as `main` or `HEAD~1`")
      throw ExitCode(2)
    }
    let inside = try paths.map { try Self.path($0, inside: repository.top) }
    let scratch = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)")
    try Git.write(commit, to: scratch)
    top = scratch.path + "/tree"
    isWhole = false
    self.paths = inside
    workingFolder = repository.prefix.isEmpty ? top : top + "/" + repository.prefix
    self.scratch = scratch
  }

  func remove() { if let scratch { try? FileManager.default.removeItem(at: scratch) } }

  /// Whether something was there, too, under the path of this number.
  func isThere(_ number: Int) -> Bool {
    paths.indices.contains(number) && !isWhole
      && FileManager.default.fileExists(atPath: top + "/" + paths[number])
  }

  /// Where the folder with the earlier version lies inside what is compared with it, as paths there begin.
  func places(below paths: [String]) -> [String] {
    guard scratch == nil else { return [] }
    let own = Surroundings.absolute(top)
    return paths.compactMap { path in
      let folder = Self.isFolder(path) ? path : NSString(string: path).deletingLastPathComponent
      let whole = Surroundings.absolute(folder)
      guard own.hasPrefix(whole + "/") else { return nil }
      let rest = own.dropFirst(whole.utf8.count + 1)
      return [".", ""].contains(folder) ? String(rest) : "\(folder)/\(rest)"
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: FolderOptions.trimmed(path), isDirectory: &isFolder)
      && isFolder.boolValue
  }

  private static func path(_ path: String, inside top: String) throws -> String {
    let whole = Surroundings.absolute(path)
    let candidates = [whole, URL(filePath: whole).resolvingSymlinksInPath().path]
    for candidate in candidates {
      if candidate == top { return "." }
      if candidate.hasPrefix(top + "/") { return String(candidate.dropFirst(top.utf8.count + 1)) }
    }
    Failure.say("`\(path)` lies outside of the repository in \(top)", "name files of the repository")
    throw ExitCode(2)
  }
}

/// What git is asked.
private enum Git {
  /// The top of the repository that holds the working folder, and the way from there to the working folder.
  static func repository() throws -> (top: String, prefix: String) {
    let outcome = run(["rev-parse", "--show-toplevel", "--show-prefix"])
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard outcome.code == 0, let top = lines.first, !top.isEmpty else {
      let isMissing = outcome.code == 127
      Failure.say(
        isMissing
          ? "there is no program `git` to read earlier versions with" : "this folder is in no git repository",
        isMissing ? "install it, or name a folder with --against" : "name a folder with --against")
      throw ExitCode(isMissing ? 3 : 2)
    }
    let prefix = lines.count > 1 ? lines[1] : ""
    return (top, prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix)
  }

  static func commit(_ name: String) -> String? {
    if name.hasPrefix("-") { return nil }
    let outcome = run(["rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"])
    let text = outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
    return outcome.code == 0 && !text.isEmpty ? text : nil
  }

  /// The branches and tags.
  static func names() -> [String] {
    run(["for-each-ref", "--format=%(refname:short)"]).output.split(separator: "\n").map(String.init)
  }

  /// Writes all files of a commit into `tree` in a folder, by an index of its own there.
  static func write(_ commit: String, to folder: URL) throws {
    do {
      try FileManager.default.createDirectory(
        at: folder.appending(path: "tree"), withIntermediateDirectories: true)
    } catch {
      Failure.say(
        "cannot write to \(folder.path): \(error.localizedDescription)", "set TMPDIR to another folder")
      throw ExitCode(3)
    }
    // Large files that are kept elsewhere are not downloaded.
    let own = ["GIT_INDEX_FILE": folder.path + "/index", "GIT_LFS_SKIP_SMUDGE": "1"]
    let top = run(["rev-parse", "--show-toplevel"]).output.trimmingCharacters(in: .newlines)
    for arguments in [
      ["read-tree", commit], ["checkout-index", "--all", "--quiet", "--prefix=" + folder.path + "/tree/"],
    ] {
      let outcome = run(["-C", top] + arguments, own)
      if outcome.code == 0 { continue }
      try? FileManager.default.removeItem(at: folder)
      let reason = outcome.errors.split(separator: "\n").first.map(String.init) ?? "it says nothing more"
      Failure.say("git cannot read the files of \(commit.prefix(9)): \(reason)", nil)
      throw ExitCode(3)
    }
  }

  private static func run(
    _ arguments: [String], _ own: [String: String] = [:]
  ) -> (code: Int32, output: String, errors: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    process.environment = Surroundings.environment.merging(own) { $1 }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch { return (127, "", error.localizedDescription) }
    let said = output.fileHandleForReading.readDataToEndOfFile()
    let complained = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: said, as: UTF8.self),
      String(decoding: complained, as: UTF8.self)
    )
  }
}
