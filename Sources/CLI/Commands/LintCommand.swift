import ArgumentParser
import Datasets
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
      nearest assay.yaml upwards of each file. There are three tiers, and the last line names those looked at: static, \
      the files alone; data (--data), also the rows that are at hand and the prompts they become; backend (--model), also \
      how prompts and stop strings fit a model, whose weights are not read. Nothing is downloaded, and nothing of a task's \
      is run without --self-test or --call-python.
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

  @OptionGroup(title: "Rows") var rows: CheckedRowOptions
  @OptionGroup(title: "Rows") var prompts: PromptOptions
  @OptionGroup(title: "Model") var model: ModelOptions

  @Flag(help: "Repair what can be repaired without any change of a prompt or score.")
  var fix = false

  @Flag(
    name: .customLong("unsafe_fixes"),
    help: "With --fix or --diff: also repairs that may change a prompt or score.")
  var unsafeFixes = false

  @Flag(help: "Show what --fix would change, and change nothing.")
  var diff = false

  @Flag(help: "Look again whenever a file changes that was looked at; Ctrl-C ends it.")
  var watch = false

  func validate() throws {
    if watch, paths.contains("-") {
      throw ValidationError("--watch needs files; standard input does not change.")
    }
    if watch, fix || diff { throw ValidationError("--watch only looks; give --fix or --diff without it.") }
    if paths.filter({ $0 == "-" }).count > 1 {
      throw ValidationError("Standard input can be read only once.")
    }
    if stdinName != nil, !paths.contains("-") {
      throw ValidationError("--stdin-filename names what `-` reads; give `-` as well.")
    }
  }

  func run() async throws {
    guard watch else { return try check() }
    try Watching.run {
      let request = try self.request(Linter().registry)
      let report = try rows.report(request, Linter(), model, prompts)
      try? output.conclude(report, Linter().registry)
      return Watching.Looked(
        files: report.readFiles + (request.datasets?.readFiles ?? []), folders: request.folders)
    }
  }

  private func check() throws {
    let linter = Linter()
    var request = try request(linter.registry)
    if fix || diff {
      let fixed = linter.fixed(request, isUnsafe: unsafeFixes)
      if try end(fixed, of: request) { return }
      for (path, text) in fixed.texts { request.texts[path] = text }
    }
    try output.conclude(try rows.report(request, linter, model, prompts), linter.registry)
  }

  // MARK: - What is asked

  private func request(_ registry: RuleRegistry) throws -> LintRequest {
    var request = LintRequest()
    request.workingDirectory = Surroundings.workingDirectory
    request.settings = try rules.settings(registry)
    request.names = tasks.names
    request.roots =
      [Surroundings.taskLibrary].compactMap(\.self) + tasks.folders.includePath.map(FolderOptions.trimmed)
    let isAll = paths.isEmpty && tasks.names.isEmpty
    try LintPaths(isAll ? ["."] : paths, stdinName: stdinName).add(to: &request)
    try rows.add(to: &request, tasks, prompts, model)
    return request
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
