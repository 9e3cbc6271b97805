import ArgumentParser
import Diagnostics
import Exchange
import Foundation
import Reports
import TaskDSL
import Values

struct PreviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Show the exact prompts of tasks.",
    discussion: """
      Shows the first document of each task, or as many as --limit says, or those of --doc_id or --samples. On a terminal \
      parts are coloured by where they come from: system and description, examples, question, start of the answer; \
      elsewhere marks at the left say it. `▏` marks where the prompt ends. No model is run. Of a task whose rows are not \
      at hand its templates are shown.
      Exits with 1 when a task or a row that was asked for cannot be shown.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, html }

  @OptionGroup(title: "Tasks") var tasks: TaskOptions
  @OptionGroup(title: "Rows") var rows: RowOptions
  @OptionGroup(title: "Prompts") var prompts: PromptOptions
  @OptionGroup(title: "Prompts") var compatibility: CompatibilityOptions
  @OptionGroup(title: "Model") var model: ModelOptions

  @Option(
    help: ArgumentHelp(
      "Compare with another version: a task's name, a file, a folder, or a git revision as REV: or REV:path.",
      valueName: "other"))
  var diff: String?

  @Option(
    help: ArgumentHelp(
      "A folder with a tokenizer.json to count tokens by; otherwise that of --model_args pretrained=….",
      valueName: "folder"))
  var tokenizer: String?

  @Flag(
    name: .customLong("show_whitespace"),
    help: "Make blanks, line ends, tabs and invisible characters visible.")
  var isShowingSpace = false

  @Flag(
    name: [.customLong("confirm_run_unsafe_code")],
    help: "Score answers to tasks that are marked `unsafe_code`, which executes them.")
  var isConfirmingUnsafeCode = false

  @OptionGroup var file: ConfigurationOptions

  @Option(help: "How to print it.")
  var format = Format.text

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The file to write; standard output otherwise.", valueName: "file"))
  var output: String?

  func validate() throws {
    try tasks.requireNames()
    if !rows.documents.isEmpty, prompts.limit != nil || prompts.samples != nil {
      throw ValidationError("--doc_id, --limit and --samples exclude each other.")
    }
  }

  func run() async throws {
    let compiler = try compiler()
    let outcome = try compiler.outcome(of: tasks.names)
    if let diff { return try compare(outcome, with: diff, compiler) }
    try deliver(shown(outcome.previews))
    if !outcome.isComplete { throw ExitCode(1) }
  }

  private func compare(
    _ new: PreviewCompiler.Outcome, with other: String, _ compiler: PreviewCompiler
  ) throws {
    let version = try OtherVersion(other, names: tasks.names, includePath: tasks.folders.includePath)
    var folders = tasks.folders
    folders.includePath = version.includePath ?? folders.includePath
    let old = try compiler.outcome(of: version.names, folders: folders)
    let pairs = pairs(old.previews, new.previews)
    if pairs.isEmpty {
      Failure.say(
        "`\(other)` has no task of the same name", "name one task on either side, or the same tasks")
      throw ExitCode(1)
    }
    let differences = pairs.map { pair in
      PreviewDifference(
        old: pair.old, new: pair.new,
        oldName: other.contains(":")
          ? "\(version.label) \(pair.old.name)" : "\(pair.old.name) (\(pair.old.file))",
        newName: "\(pair.new.name) (\(pair.new.file))")
    }
    switch format {
    case .text:
      let width = output == nil ? Surroundings.outputWidth : nil
      let view = PreviewDifferenceText(isColoured: isColoured, showsSpace: isShowingSpace, width: width)
      try deliver(view.text(of: differences))
    case .json: try deliver(Value.list(differences.map(\.value)).json(indent: 2) + "\n")
    case .html:
      let page = PreviewDifferencePage(title: tasks.names.joined(separator: ", "), showsSpace: isShowingSpace)
      try deliver(page.html(of: differences))
    }
    if !(old.isComplete && new.isComplete) { throw ExitCode(1) }
  }

  /// One task on either side is compared whatever its name.
  private func pairs(_ old: [TaskPreview], _ new: [TaskPreview]) -> [(old: TaskPreview, new: TaskPreview)] {
    if old.count == 1, new.count == 1 { return [(old[0], new[0])] }
    return new.compactMap { task in old.first { $0.name == task.name }.map { ($0, task) } }
  }

  private var isColoured: Bool {
    output == nil && Surroundings.isColourful(isTerminal: Surroundings.isOutputTerminal)
  }

  private func compiler() throws -> PreviewCompiler {
    let answers = try GivenAnswers(rows)
    var documents = try rows.numbers()
    let isChosen = !documents.isEmpty || prompts.limit != nil || prompts.samples != nil
    if !isChosen { documents = answers.documents }
    var options = compatibility.over(
      try prompts.compileOptions(model, defaultLimit: Double(max(1, answers.listedCount))))
    options.isKeepingConversations = true
    options.allowsUnsafeCode = answers.isEmpty || isConfirmingUnsafeCode
    return PreviewCompiler(
      tasks: tasks, options: options, seeds: try prompts.seeds(), documents: documents, answers: answers,
      tokens: try model.tokens(in: tokenizer))
  }

  private func shown(_ previews: [TaskPreview]) -> String {
    switch format {
    case .text:
      return PreviewText(isColoured: isColoured, showsSpace: isShowingSpace).text(of: previews)
    case .json: return Value.list(previews.flatMap(\.values)).json(indent: 2) + "\n"
    case .html:
      return PreviewPage(title: tasks.names.joined(separator: ", "), showsSpace: isShowingSpace).html(
        of: previews)
    }
  }

  private func deliver(_ text: String) throws {
    guard let output else { return print(text, terminator: "") }
    do {
      let file = try PortionFile(output)
      try file.write(Array(text.utf8))
      try file.finish()
    } catch {
      Failure.say(WriteError(output, error), "give another place with --output")
      throw ExitCode(3)
    }
  }
}
