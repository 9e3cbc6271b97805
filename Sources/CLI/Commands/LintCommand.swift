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
      nearest assay.yaml upwards of each file. There are three tiers, and the last line names those looked at: static, \
      the files alone; data (--data), also the rows that are at hand and the prompts they become; backend (--model), also \
      how prompts and stop strings fit a model, whose weights are not read. Nothing is downloaded, and nothing of a task's \
      is run without --self-test or --call-python.
      With --fix, what `-` reads is printed with its repairs, and findings go to standard error.
      Exits with 1 when there are errors, or more warnings than --max-warnings, 0 otherwise.
      """)

  @OptionGroup var paths: CheckedPaths
  @OptionGroup var tasks: TaskOptions
  @OptionGroup var rules: RuleOptions
  @OptionGroup var output: LintOutput

  @Option(
    name: .customLong("max_warnings"),
    help: ArgumentHelp(
      "How many warnings are borne; one more makes the command exit with 1.", valueName: "number"))
  var maxWarnings: Int?

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

  func validate() throws {
    if paths.watch, fix || diff {
      throw ValidationError("--watch only looks; give --fix or --diff without it.")
    }
  }

  func run() async throws {
    let linter = Linter()
    var request = try self.request(linter.registry)
    if fix || diff {
      let fixed = linter.fixed(request, isUnsafe: unsafeFixes)
      if try end(fixed, of: request) { return }
      for (path, text) in fixed.texts { request.texts[path] = text }
    }
    // Standard input is read only once, and so is what was repaired.
    var first: LintRequest? = request
    try paths.look({ try rows.report($0, linter, model, prompts) }) {
      defer { first = nil }
      return try first ?? self.request(linter.registry)
    } concluding: {
      try output.conclude(
        $0, linter.registry, .files(maxWarnings: maxWarnings), isOutputTaken: fix && paths.isFromInput)
    }
  }

  private func request(_ registry: RuleRegistry) throws -> LintRequest {
    var request = try paths.request(tasks)
    request.settings = try rules.settings(registry)
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
    // What came in by standard input goes out, repaired or not, so that it can be put in its place.
    if let (path, text) = request.texts.first { print(fixed.texts[path] ?? text, terminator: "") }
    for (path, text) in fixed.texts where request.texts[path] == nil {
      do { try Data(text.utf8).write(to: URL(filePath: path)) } catch {
        Failure.say("cannot write \(path): \(error.localizedDescription)", nil)
        throw ExitCode(3)
      }
    }
    if fixed.count > 0 { Surroundings.say("\(fixed.count) repaired in \(fixed.texts.count) file(s)") }
    return false
  }
}
