import ArgumentParser
import Diagnostics
import Lint
import TaskDSL

struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Say what is wrong with task files, with the place of each mistake.",
    discussion: """
      The errors of `assay lint`, without its warnings and advice: what makes a task impossible to run, or its score \
      unsound. `assay explain CODE` says more on each. Settings and comments that ignore count as they do there.
      The last line names the tiers looked at: static, the files alone; data, where a task's rows are at hand, also its \
      splits, its columns, and the prompts and right answers of its first rows; backend (--model), also how prompts and \
      stop strings fit a model, whose weights are not read. Nothing is downloaded, and nothing of a task's is run without \
      --self-test or --call-python.
      Exits with 1 when there are errors, 0 otherwise.
      """)

  @OptionGroup var paths: CheckedPaths
  @OptionGroup var tasks: TaskOptions
  @OptionGroup var compatibility: CompatibilityOptions
  @OptionGroup var codes: CodeOptions
  @OptionGroup var output: LintOutput
  @OptionGroup(title: "Rows") var rows: CheckedRowOptions
  @OptionGroup(title: "Rows") var prompts: PromptOptions
  @OptionGroup(title: "Model") var model: ModelOptions

  func run() async throws {
    let linter = Linter()
    try paths.look({ try rows.report($0, linter, model, prompts) }) {
      try request(linter.registry)
    } concluding: {
      try output.conclude($0, linter.registry, .tasks)
    }
  }

  private func request(_ registry: RuleRegistry) throws -> LintRequest {
    var request = try paths.request(tasks)
    request.settings = LintSettings(
      select: try codes.selected(registry), ignore: try codes.ignored(registry))
    for code in request.settings.select {
      guard let page = registry[code], page.severity < .error, registry.isRule(code) else { continue }
      throw ValidationError("`\(code)` is no error; `assay lint --select \(code)` tells it.")
    }
    request.leastSeverity = .error
    request.isFollowingGroups = true
    try rows.add(to: &request, tasks, prompts, model, isAlways: true)
    request.options.areExtensionsErrors = compatibility.isStrict
    return request
  }
}
