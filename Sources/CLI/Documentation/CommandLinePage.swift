import ArgumentParser

extension ReferencePage {
  static func commandLine() -> ReferencePage {
    let commands = Assay.configuration.subcommands.filter { $0.configuration.shouldDisplay }
    let sections = commands.map { command in
      "## assay \(command.configuration.commandName ?? "")\n\n"
        + fenced(Assay.helpMessage(for: command, columns: 100))
    }
    return ReferencePage(
      "CommandLine.md", title: "The command line", [fenced(Assay.helpMessage(columns: 100))] + sections)
  }

  private static func fenced(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let last = lines.lastIndex { !$0.isEmpty } ?? 0
    return "```\n" + lines[...last].joined(separator: "\n") + "\n```"
  }
}
