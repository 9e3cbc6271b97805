import ArgumentParser
import Diagnostics
import Lint

struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Print the page of a code: what it means, with examples.",
    discussion:
      "Codes stand in brackets in every message: `error[unknown-key]`. Exits with 2 for an unknown code.")

  @Argument(help: "A code, such as `unknown-key`, or a family of rules, such as `filters`.")
  var code: String

  func run() async throws {
    let registry = RuleRegistry.builtin
    if let page = registry[code] {
      print("\(page.severity.rawValue)[\(page.code.name)] · \(page.family.title)\n\n\(page.about)")
      return
    }
    if let family = Family(rawValue: code) {
      for page in registry.pages where page.family == family { print("\(page.code.name): \(page.summary)") }
      return
    }
    let near = (registry.codes + Family.allCases.map(\.rawValue)).nearest(to: code)
    throw ValidationError(
      "No code is named `\(code)`" + (near.map { "; did you mean `\($0)`?" } ?? "; `assay rules` lists them.")
    )
  }
}
