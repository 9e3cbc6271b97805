import ArgumentParser
import Diagnostics
import Foundation
import Lint
import TaskDSL

struct LintCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Say what is wrong or unwise in task files, and repair what can be repaired.",
    discussion: """
      All that `assay validate` finds, and advice; `assay explain CODE` says more on each. Settings are read from the \
      nearest assay.yaml upwards of each file. Without --data only files are looked at; nothing is downloaded or run.
      Exits with 1 when there are errors, or more warnings than --max-warnings, 0 otherwise.
      """)

  @Argument(
    help: "Files, folders or globs, or - for standard input; the working folder when nothing is named.",
    completion: .file(extensions: ["yaml"]))
  var paths: [String] = []

  @OptionGroup var tasks: TaskOptions
  @OptionGroup var rules: RuleOptions
  @OptionGroup var output: LintOutput

  @Option(
    name: .customLong("stdin_filename"),
    help: ArgumentHelp("The path that standard input would be read from.", valueName: "path"))
  var stdinName: String?

  @Flag(help: "Look at rows as well, as far as they are at hand.")
  var data = false

  @Flag(help: "Repair what can be repaired without any change of a prompt or score.")
  var fix = false

  @Flag(
    name: .customLong("unsafe_fixes"),
    help: "With --fix or --diff: also repairs that may change a prompt or score.")
  var unsafeFixes = false

  @Flag(help: "Show what --fix would change, and change nothing.")
  var diff = false

  func run() async throws {
    let linter = Linter()
    var request = try request(linter.registry)
    if fix || diff {
      let fixed = linter.fixed(request, isUnsafe: unsafeFixes)
      if try end(fixed, of: request) { return }
      for (path, text) in fixed.texts { request.texts[path] = text }
    }
    try output.conclude(linter.check(request), linter.registry)
  }

  // MARK: - What is asked

  private func request(_ registry: RuleRegistry) throws -> LintRequest {
    var request = LintRequest()
    request.workingDirectory = Surroundings.workingDirectory
    request.settings = try rules.settings(registry)
    if data { request.datasets = tasks.datasets }
    request.names = tasks.names
    request.roots =
      [Surroundings.taskLibrary].compactMap(\.self) + tasks.folders.includePath.map(FolderOptions.trimmed)
    let isAll = paths.isEmpty && tasks.names.isEmpty
    for path in isAll ? ["."] : paths { try add(path, to: &request) }
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

  // MARK: - Repairs

  /// Writes or shows the repairs; whether that was all.
  private func end(_ fixed: Fixed, of request: LintRequest) throws -> Bool {
    if diff {
      for (path, text) in fixed.texts.sorted(by: { $0.key < $1.key }) {
        let old = request.texts[path] ?? (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        print(UnifiedDiff(old, text, path: path).text, terminator: "")
      }
      return true
    }
    for (path, text) in fixed.texts {
      if request.texts[path] != nil {
        print(text, terminator: "")
        continue
      }
      do { try Data(text.utf8).write(to: URL(filePath: path)) } catch {
        Failure.say("cannot write \(path): \(error.localizedDescription)", nil)
        throw ExitCode(3)
      }
    }
    if fixed.count > 0 { Surroundings.say("\(fixed.count) repaired in \(fixed.texts.count) file(s)") }
    return false
  }
}
