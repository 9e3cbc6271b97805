import ArgumentParser
import Editor
import Values

struct SchemaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print a JSON Schema for editors that have no language server.",
    discussion: """
      With it an editor completes keys and names of filters and metrics, shows what they mean, and marks what has no \
      place in a task file; `assay lsp` does more. The schema takes `!function file.name` for text: the editor must be \
      told of that tag. Documentation/Editors.md says how.
      """)

  enum Kind: String, ExpressibleByArgument, CaseIterable { case task, settings }

  @Option(help: "Files of tasks and groups, or the settings in an assay.yaml.")
  var kind = Kind.task

  func run() async throws {
    let schema = kind == .task ? JSONSchema.task() : JSONSchema.settings()
    print(schema.json(indent: 2))
  }
}
