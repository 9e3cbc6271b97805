import ArgumentParser
import Diagnostics
import Foundation
import Lint
import TaskDSL

struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Say what is wrong with task files, with the place of each mistake.",
    discussion: """
      Checks syntax, includes, keys, names of filters and metrics, templates and regular expressions; where a task's \
      data is at hand, also its splits, its columns and the prompts of its first rows; with --data or --self-test also \
      whether right answers score best, and with --model whether the tasks fit the model. Nothing is downloaded or run.
      Exits with 1 when there are errors, 0 otherwise.
      """)

  @Argument(
    help:
      "Files, folders or globs, or - for standard input; the working folder when there are no tasks either.",
    completion: .file(extensions: ["yaml"]))
  var paths: [String] = []

  @OptionGroup var tasks: TaskOptions
  @OptionGroup var compatibility: CompatibilityOptions

  @Option(
    name: .customLong("stdin_filename"),
    help: ArgumentHelp("The path that standard input would be read from.", valueName: "path"))
  var stdinName: String?

  @OptionGroup(title: "Rows") var rows: CheckedRowOptions
  @OptionGroup(title: "Rows") var prompts: PromptOptions
  @OptionGroup(title: "Model") var model: ModelOptions

  func validate() throws {
    if stdinName != nil, !paths.contains("-") {
      throw ValidationError("--stdin-filename names what `-` reads; give `-` as well.")
    }
  }

  func run() async throws {
    if isForLinter { return try checkWithRules() }
    let roots = paths.isEmpty && tasks.names.isEmpty && tasks.folders.includePath.isEmpty ? ["."] : paths
    let missing = roots.filter { !FileManager.default.fileExists(atPath: FolderOptions.trimmed($0)) }
    for path in missing {
      Failure.say("there is no file or folder `\(path)`", "name tasks that are known with --tasks")
    }
    if !missing.isEmpty { throw ExitCode(1) }
    let folders = roots.filter(Self.isFolder)
    let files = roots.filter { !Self.isFolder($0) }
    let validation = Validation(
      compiler: TaskCompiler(
        options: compatibility.over(CompileOptions()), datasets: tasks.datasets))
    let names = tasks.names + files
    var reports: [Validation.Report] = []
    if !names.isEmpty { reports.append(validation.check(index(for: files), names: names)) }
    if !folders.isEmpty || names.isEmpty {
      var whole = tasks.folders.index(withLibrary: false)
      for folder in folders { whole.add(root: FolderOptions.trimmed(folder)) }
      Surroundings.keep(whole)
      reports.append(validation.check(whole))
    }
    Surroundings.keep(reports)
    try conclude(reports)
  }

  /// Named tasks are looked up in the library too, and so are the members of groups in files, which may also stand
  /// beside them.
  private func index(for files: [String]) -> TaskIndex {
    var index = tasks.folders.index(withLibrary: true)
    for file in files {
      index.add(root: file.contains("/") ? NSString(string: file).deletingLastPathComponent : ".")
    }
    return index
  }

  private func conclude(_ reports: [Validation.Report]) throws {
    let withoutData = reports.flatMap(\.withoutData)
    if !withoutData.isEmpty {
      let shown = withoutData.prefix(5).joined(separator: ", ") + (withoutData.count > 5 ? ", …" : "")
      Surroundings.say("data not at hand, so rows were not checked: \(shown) (give --dataset_mirror)")
    }
    let withPython = reports.flatMap(\.withPython)
    if !withPython.isEmpty {
      let shown = withPython.prefix(5).joined(separator: ", ") + (withPython.count > 5 ? ", …" : "")
      Surroundings.say("Python functions are not called here, so rows were not checked: \(shown)")
    }
    for report in reports { FindingsPrinter(sources: report.sources).print(report.findings) }
    if reports.contains(where: \.findings.hasErrors) { throw ExitCode(1) }
    let tasks = reports.reduce(0) { $0 + $1.tasks }
    let groups = reports.reduce(0) { $0 + $1.groups }
    print(
      "\(tasks) task\(tasks == 1 ? "" : "s") and \(groups) group\(groups == 1 ? "" : "s") checked: no errors")
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }
}

// MARK: - With the rules that find errors

extension ValidateCommand {
  /// Standard input, globs, right answers and models are the linter's business.
  private var isForLinter: Bool {
    rows.isWanted(model, prompts) || prompts.limit != nil || rows.rows != nil
      || paths.contains { path in
        path == "-" || path.contains { "*?[".contains($0) } && !FileManager.default.fileExists(atPath: path)
      }
  }

  private func checkWithRules() throws {
    let linter = Linter()
    var request = LintRequest()
    request.workingDirectory = Surroundings.workingDirectory
    request.settings = LintSettings(select: Self.codes(linter.registry))
    request.isUsingSettingsFiles = false
    request.names = tasks.names
    request.roots =
      [Surroundings.taskLibrary].compactMap(\.self) + tasks.folders.includePath.map(FolderOptions.trimmed)
    var roots = paths
    if paths.isEmpty, tasks.names.isEmpty {
      roots = tasks.folders.includePath.isEmpty ? ["."] : tasks.folders.includePath
    }
    try LintPaths(roots, stdinName: stdinName).add(to: &request)
    try rows.add(to: &request, tasks, prompts, model, isAlways: true)
    request.options.areExtensionsErrors = compatibility.isStrict
    try conclude(try rows.report(request, linter, model, prompts))
  }

  /// What makes a task impossible or its score unsound, and whatever the compiler itself has to say.
  private static func codes(_ registry: RuleRegistry) -> [String] {
    registry.codes.filter { code in
      !registry.isRule(code) || registry[code]?.severity == .error
    } + ["extension"]
  }

  private func conclude(_ report: LintReport) throws {
    report.sayOutOfReach()
    let paint = Surroundings.paint(isTerminal: Surroundings.isErrorTerminal)
    for finding in report.findings { Surroundings.say(finding.terminal(in: report.sources, paint)) }
    if !report.selfTests.isEmpty { Surroundings.say(report.selfTestSummary) }
    let tiers = report.tiers.map(\.rawValue).joined(separator: ", ")
    if report.hasErrors {
      let errors = report.count(.error)
      Surroundings.say("\(errors) error\(errors == 1 ? "" : "s") (\(tiers))")
      throw ExitCode(1)
    }
    let (tasks, groups) = (report.tasks, report.groups)
    print(
      "\(tasks) task\(tasks == 1 ? "" : "s") and \(groups) group\(groups == 1 ? "" : "s") checked (\(tiers)): no errors"
    )
  }
}
