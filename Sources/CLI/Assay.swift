import ArgumentParser
import Diagnostics
import Foundation

/// Writes, checks and runs language-model benchmarks.
@main
struct Assay: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "assay",
    abstract: "Write, check and run language-model benchmarks.",
    discussion: """
      Without a command word, `run` is meant. Flags may be written with `_` or `-`.
      Exit codes: 0 fine, 1 something is wrong with tasks or model, 2 wrong usage, 3 the world failed (disk, network).
      """,
    version: version,
    subcommands: [
      RunCommand.self, ScoreCommand.self, CompareCommand.self, PlanCommand.self, MergeCommand.self,
      ExportCommand.self, ImportCommand.self, ValidateCommand.self, LintCommand.self, BreakingCommand.self,
      ExplainCommand.self,
      RulesCommand.self, PreviewCommand.self, ShowCommand.self, CompileCommand.self, ListCommand.self,
      NewCommand.self, SchemaCommand.self, LanguageServerCommand.self, DoctorCommand.self,
      DocumentationCommand.self,
    ],
    defaultSubcommand: RunCommand.self)

  static func main() async {
    // A program that starts this one may have it ignore that nobody reads on; output would then end in an error.
    signal(SIGPIPE, SIG_DFL)
    do {
      let given = normalized(Array(CommandLine.arguments.dropFirst()))
      try checkCommandWord(given)
      let arguments = try ConfigurationFile.expanded(given)
      var command = try parseAsRoot(arguments.isEmpty ? ["--help"] : arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      end(with: error)
    }
  }

  /// The harness spells its flags with `_`, habit often with `-`; both are understood.
  static func normalized(_ arguments: [String]) -> [String] {
    let isForeign: Set = ["--generate-completion-script", "--experimental-dump-help"]
    var out: [String] = []
    for argument in arguments {
      // Some flags of the harness may stand alone or with a value behind them.
      if let last = out.last, mayStandAlone.contains(last) {
        out[out.count - 1] = last + "=" + (argument.hasPrefix("-") ? "true" : argument)
        if !argument.hasPrefix("-") { continue }
      }
      guard argument.hasPrefix("--"), argument.count > 2 else {
        out.append(argument)
        continue
      }
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if isForeign.contains(String(parts[0])) {
        out.append(argument)
        continue
      }
      let name = "--" + parts[0].dropFirst(2).replacing("-", with: "_")
      out.append(parts.count > 1 ? name + "=" + parts[1] : name)
    }
    if let last = out.last, mayStandAlone.contains(last) { out[out.count - 1] = last + "=true" }
    return out
  }

  private static let mayStandAlone: Set = [
    "--apply_chat_template", "--fewshot_as_multiturn", "--cache_requests",
  ]

  /// `run` takes no words of its own, so that a first word is a command's name.
  private static func checkCommandWord(_ arguments: [String]) throws {
    let known = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let word = arguments.first, !word.hasPrefix("-"), word != "help", !known.contains(word) else {
      return
    }
    let near = known.nearest(to: word).map { "; did you mean `\($0)`?" } ?? "."
    throw ValidationError("There is no command `\(word)`\(near)")
  }

  private static func end(with error: any Error) -> Never {
    let code = exitCode(for: error)
    let message = fullMessage(for: error)
    if !message.isEmpty {
      let isHelp = code == .success
      (isHelp ? FileHandle.standardOutput : FileHandle.standardError).write(Data((message + "\n").utf8))
    }
    Foundation.exit(code == .validationFailure ? 2 : code.rawValue)
  }
}
