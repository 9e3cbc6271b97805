public import ArgumentParser
import Diagnostics
public import Lint

extension LintFormat: ExpressibleByArgument {}
extension Preset: ExpressibleByArgument {}

/// Which codes are told.
struct CodeOptions: ParsableArguments {
  @Option(
    name: .customLong("select"),
    help: ArgumentHelp("Only these codes or families of rules.", valueName: "codes"))
  var selected: [String] = []

  @Option(
    name: .customLong("ignore"),
    help: ArgumentHelp("All but these codes or families.", valueName: "codes"))
  var ignored: [String] = []

  func selected(_ registry: RuleRegistry) throws -> [String] { try Self.names(selected, registry) }
  func ignored(_ registry: RuleRegistry) throws -> [String] { try Self.names(ignored, registry) }

  static func names(_ items: [String], _ registry: RuleRegistry) throws -> [String] {
    let known = registry.codes + Family.allCases.map(\.rawValue) + ["all"]
    return try items.flatMap { $0.split(separator: ",") }.map { item in
      let name = String(item).replacing("_", with: "-")
      if known.contains(name) { return name }
      let near = known.nearest(to: name).map { "; did you mean `\($0)`?" } ?? "; `assay rules` lists them."
      throw ValidationError("No rule or family is named `\(name)`\(near)")
    }
  }
}

/// Which rules are on.
struct RuleOptions: ParsableArguments {
  @Option(help: "Which rules are on: `recommended` unless an assay.yaml says otherwise.")
  var preset: Preset?

  @OptionGroup var codes: CodeOptions

  @Option(
    name: .customLong("extend_select"),
    help: ArgumentHelp("These codes or families as well.", valueName: "codes"))
  var extended: [String] = []

  func settings(_ registry: RuleRegistry) throws -> LintSettings {
    LintSettings(
      preset: preset, select: try codes.selected(registry),
      extendSelect: try CodeOptions.names(extended, registry), ignore: try codes.ignored(registry))
  }
}
