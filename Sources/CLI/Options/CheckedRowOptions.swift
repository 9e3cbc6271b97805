import ArgumentParser
import Backends
import Diagnostics
import Exchange
import Lint
import TaskDSL
import Values

/// How far the rows of tasks are looked at, and whether their functions are called for it.
struct CheckedRowOptions: ParsableArguments {
  @Flag(help: "Look at rows as well, as far as they are at hand.")
  var data = false

  @Flag(
    name: .customLong("self_test"),
    help: ArgumentHelp(
      "Test that each row's right answer scores best, with the tasks' Python functions; includes --data.",
      discussion: "Functions are called as `assay run` does; --no-python leaves tasks out that need them."))
  var selfTest = false

  @Option(help: "How many rows of each task are looked at: 20, with --self-test 100.")
  var rows: Int?

  @Flag(
    name: .customLong("call_python"),
    help: "With --data: calls the Python functions that make and phrase rows.")
  var callsPython = false

  @Flag(
    name: [.customLong("confirm_run_unsafe_code")],
    help:
      "With --self-test: also tests tasks that are marked `unsafe_code`, which execute what the model writes."
  )
  var isConfirmingUnsafeCode = false

  func validate() throws {
    if let rows, rows < 1 { throw ValidationError("--rows is 1 or more, not \(rows).") }
  }

  func add(
    to request: inout LintRequest, _ tasks: TaskOptions, _ prompts: PromptOptions, _ model: ModelOptions,
    isAlways: Bool = false
  ) throws {
    guard isAlways || isWanted(model, prompts) else { return }
    let datasets = tasks.datasets
    request.datasets = datasets
    let asked = rows ?? prompts.limit.map { max(1, Int($0.rounded(.up))) }
    request.rowCount = asked ?? (selfTest ? 100 : 20)
    request.rowCountForModel = asked
    request.isSelfTesting = selfTest
    request.allowsUnsafeCode = isConfirmingUnsafeCode
    request.options = try prompts.compileOptions(model, isChatIncluded: false)
    if selfTest || callsPython, !tasks.python.isWithoutPython {
      request.functions = tasks.python.support(
        folders: request.roots + request.folders, datasets: datasets, seeds: try prompts.seeds())
    }
  }

  /// Whether anything asks for rows to be looked at.
  func isWanted(_ model: ModelOptions, _ prompts: PromptOptions) -> Bool {
    data || selfTest || callsPython || isModelWanted(model, prompts)
  }

  // MARK: - The model

  /// What there is to say, of the model that was named, too.
  func report(
    _ request: LintRequest, _ linter: Linter, _ model: ModelOptions, _ prompts: PromptOptions
  ) throws -> LintReport {
    guard isModelWanted(model, prompts) else { return linter.check(request) }
    var request = request
    var complaints: [ModelComplaint] = []
    (request.model, request.options.chat) = try fit(model, prompts, &complaints)
    var report = linter.check(request)
    report.tiers = Tier.allCases
    for complaint in complaints { complaint.add(to: &report) }
    return report
  }

  private func isModelWanted(_ model: ModelOptions, _ prompts: PromptOptions) -> Bool {
    model.model != nil || !model.arguments.isEmpty || prompts.isChat
  }

  /// What the model takes, and its chat format; what stands in the way of either is a complaint.
  private func fit(
    _ model: ModelOptions, _ prompts: PromptOptions, _ complaints: inout [ModelComplaint]
  ) throws -> (BackendFit?, (any ChatFormat)?) {
    let settings = try model.settings()
    let said = BackendRegistry.shown(settings).map { "\($0.text)=\($1.text)" }.joined(separator: ",")
    var fit: BackendFit?
    var chat: (any ChatFormat)?
    do throws(BackendError) {
      fit = try BackendRegistry.builtin.fit(model.name, settings)
    } catch {
      complaints.append(
        ModelComplaint(code: "unusable-model", arguments: "\(model.name) \(said)", error: error))
    }
    if prompts.isChat {
      do { chat = try prompts.chatTemplate(of: model) } catch let error as BackendError {
        let isSame = complaints.contains { $0.error.message == error.message }
        if !isSame {
          complaints.append(ModelComplaint(code: "missing-chat-template", arguments: said, error: error))
        }
      }
    }
    return (fit, chat)
  }
}

/// What is wrong with the model that was named.
struct ModelComplaint {
  let code: Diagnostic.Code
  /// What was said of the model, in the place of a file.
  let arguments: String
  let error: BackendError

  func add(to report: inout LintReport) {
    let source = report.sources.add(name: "<model>", text: arguments)
    report.findings.append(.error(code, error.message, at: source.span, help: error.help))
  }
}
