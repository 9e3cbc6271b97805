import ArgumentParser
import Diagnostics
import TaskDSL
import Values

struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what a task is after each step from its file to requests.",
    discussion: """
      A line for each thing: its key, its value and the place where it was written. `parse` has the file's own keys, \
      `resolve` those of its includes and groups too, `decode` every key of the language, `bind` what the names stand \
      for, `plan` the pieces of the prompts and the requests over them. For `plan` rows are read and Python functions \
      run, for the others not.
      Exits with 1 when a task does not come so far; what is wrong is said.
      """)

  /// The phases under the names that the command line has for them.
  enum Step: String, ExpressibleByArgument, CaseIterable {
    case parse, resolve, decode, bind, plan

    var phase: Phase {
      switch self {
      case .parse: .parse
      case .resolve: .resolve
      case .decode: .decode
      case .bind: .bind
      case .plan: .plan
      }
    }
  }

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: "Names of tasks and groups, files or folders.")
  var names: [String]

  @Option(help: ArgumentHelp("The last step.", valueName: "step"))
  var after = Step.resolve

  @OptionGroup(title: "Tasks") var tasks: TaskOptions
  @OptionGroup(title: "Prompts") var prompts: PromptOptions
  @OptionGroup(title: "Model") var model: ModelOptions

  @Option(help: "How to print it.")
  var format = Format.text

  func run() async throws {
    var index = tasks.folders.index()
    try tasks.folders.requireFolders(of: index)
    var findings = Findings()
    let members = index.select(names + tasks.names, &findings)
    let datasets = tasks.datasets
    var parts = Parts()
    parts.functions =
      after == .plan
      ? tasks.python.support(folders: index.folders, datasets: datasets, seeds: try prompts.seeds()) : .noted
    let compiler = TaskCompiler(
      parts: parts, options: try prompts.compileOptions(model, defaultLimit: 1), datasets: datasets)
    let leaves = members.flatMap(\.leaves)
    var values: [Value] = []
    for leaf in leaves {
      guard let lines = index.lines(after: after.phase, of: leaf, compiler, &findings) else { continue }
      switch format {
      case .text:
        if leaves.count > 1 { print("━━ \(leaf.name)") }
        print(Self.text(lines, index.sources), terminator: "")
      case .json:
        values.append(
          ["task": .string(leaf.name), "lines": .list(lines.map { Self.value($0, index.sources) })])
      }
    }
    if format == .json { print(Value.list(values).json(indent: 2)) }
    FindingsPrinter(sources: index.sources).print(findings)
    if findings.hasErrors { throw ExitCode(1) }
  }

  private static func text(_ lines: [PhaseLine], _ sources: Sources) -> String {
    let width = min(24, lines.map(\.key.count).max() ?? 0)
    return lines.map { line in
      let padding = String(repeating: " ", count: max(0, width - line.key.count))
      let notes = [line.note, place(line, sources)].compactMap(\.self).joined(separator: ", ")
      return line.key + padding + "  " + line.value.json() + (notes.isEmpty ? "" : "  # " + notes) + "\n"
    }.joined()
  }

  private static func place(_ line: PhaseLine, _ sources: Sources) -> String? {
    guard let span = line.span, let source = sources[span.source] else { return nil }
    let at = source.position(of: span.start)
    return "\(Surroundings.shown(source.name)):\(at.line):\(at.column)"
  }

  private static func value(_ line: PhaseLine, _ sources: Sources) -> Value {
    var map: OrderedMap = ["key": .string(line.key), "value": line.value]
    if let note = line.note { map["note"] = .string(note) }
    if let span = line.span, let source = sources[span.source] {
      let at = source.position(of: span.start)
      map["file"] = .string(source.name)
      map["line"] = .int(at.line)
      map["column"] = .int(at.column)
    }
    return .map(map)
  }
}
