import ArgumentParser
import Datasets
import Foundation
import Lint

/// The files, folders and globs that are to be looked at, and standard input.
struct CheckedPaths: ParsableArguments {
  @Argument(
    help: "Files, folders or globs, or - for standard input; the working folder when nothing is named.",
    completion: .file(extensions: ["yaml"]))
  var paths: [String] = []

  @Option(
    name: .customLong("stdin_filename"),
    help: ArgumentHelp("The path that standard input would be read from.", valueName: "path"))
  var stdinName: String?

  @Flag(help: "Look again whenever a file changes that was looked at; Ctrl-C ends it.")
  var watch = false

  var isFromInput: Bool { paths.contains("-") }

  func validate() throws {
    if watch, paths.contains("-") {
      throw ValidationError("--watch needs files; standard input does not change.")
    }
    if paths.filter({ $0 == "-" }).count > 1 {
      throw ValidationError("Standard input can be read only once.")
    }
    if stdinName != nil, !paths.contains("-") {
      throw ValidationError("--stdin-filename names what `-` reads; give `-` as well.")
    }
  }

  /// What was named, here and with `--tasks`; where nothing was, the folders of `--include_path` or the working folder.
  func request(_ tasks: TaskOptions) throws -> LintRequest {
    var request = LintRequest()
    request.workingDirectory = Surroundings.workingDirectory
    request.names = tasks.names
    let included = tasks.folders.includePath.map(FolderOptions.trimmed)
    request.roots = [Surroundings.taskLibrary].compactMap(\.self) + included
    let isAll = paths.isEmpty && tasks.names.isEmpty
    for path in isAll ? (included.isEmpty ? ["."] : included) : paths { try add(path, to: &request) }
    request.files = request.files.map { Self.named(as: request.folders, $0) }
    return request
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
    let isGlob = path.contains { "*?[".contains($0) }
    let matched = isGlob ? Self.files(matching: path) : []
    if matched.isEmpty {
      Failure.say(
        isGlob ? "no file matches `\(path)`" : "there is no file or folder `\(path)`",
        "name tasks that are known with --tasks")
      throw ExitCode(2)
    }
    request.files += matched
  }

  /// A file below a folder that was named too bears the name that it has there, so that it is looked at once.
  private static func named(as folders: [String], _ file: String) -> String {
    let whole = Surroundings.absolute(file)
    for folder in folders {
      let lead = Surroundings.absolute(folder) + "/"
      if whole.hasPrefix(lead) { return folder + "/" + whole.dropFirst(lead.count) }
    }
    return file
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

extension CheckedPaths {
  /// Looks once, or with `--watch` for good.
  ///
  /// - Parameter conclude: prints, and throws what the command exits with.
  func look(
    _ report: (LintRequest) throws -> LintReport, at request: () throws -> LintRequest,
    concluding conclude: (LintReport) throws -> Void
  ) throws {
    guard watch else { return try conclude(try report(try request())) }
    try Watching.run {
      let request = try request()
      let report = try report(request)
      try? conclude(report)
      return Watching.Looked(
        files: report.readFiles + (request.datasets?.readFiles ?? []), folders: request.folders)
    }
  }
}
