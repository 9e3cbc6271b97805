import ArgumentParser
import Diagnostics
import Lint
import Values

struct RulesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List every code with its severity, and what it is about.",
    discussion: "`assay explain CODE` prints the page of one. Nothing is read or written.")

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "How to print it.")
  var format = Format.text

  func run() async throws {
    let registry = RuleRegistry.builtin
    switch format {
    case .json: print(Value.list(registry.pages.map { value($0, registry) }).json(indent: 2))
    case .text:
      for family in Family.allCases {
        let pages = registry.pages.filter { $0.family == family }
        if pages.isEmpty { continue }
        print("\(family.title) (\(family.rawValue))")
        for page in pages {
          print("  \(page.severity.rawValue)[\(page.code.name)] \(page.summary)")
        }
      }
    }
  }

  private func value(_ page: any CodePage.Type, _ registry: RuleRegistry) -> Value {
    let presets = Preset.allCases.filter { registry.has(page.code.name, in: $0) }
    return [
      "code": .string(page.code.name), "family": .string(page.family.rawValue),
      "severity": .string(page.severity.rawValue), "tier": .string(page.tier.rawValue),
      "rule": .bool(registry.isRule(page.code.name)), "presets": .list(presets.map { .string($0.rawValue) }),
      "summary": .string(page.summary), "about": .string(page.about),
    ]
  }
}
