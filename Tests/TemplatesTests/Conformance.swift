import Diagnostics
import Foundation
import Templates
import TestKit
import Values

/// A table of templates and what the real Jinja makes of them.
struct Conformance: Sendable {
  struct Case: Sendable {
    var template: String
    var variables: OrderedMap
    var output: String?
    var error: String
    var message: String
  }

  let name: String
  let environment: TemplateEnvironment
  let cases: [Case]

  static let names = [
    "chat", "dates", "errors", "expressions", "filters", "methods", "numbers", "statements", "tasks",
    "whitespace", "whitespace-lstrip", "whitespace-newline", "whitespace-trim", "whitespace-trimmed",
  ]

  init(_ name: String) throws {
    self.name = name
    let url = repositoryRoot.appending(path: "Tests/TemplatesTests/Conformance/\(name).json")
    let table = try Value(json: Data(contentsOf: url)).asMap ?? [:]
    environment = Self.environment(table["options"]?.asMap ?? [:])
    var shared = table["variables"]?.asMap ?? [:]
    for (name, parts) in table["dates"]?.asMap ?? [:] {
      let numbers = (parts.asList ?? []).compactMap(\.asInt)
      guard numbers.count == 6 else { continue }
      shared[name] = .object(
        PythonDate(
          year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4],
          second: numbers[5]))
    }
    let variables = shared
    let rows = table["rows"]?.asList ?? []
    cases = (table["cases"]?.asList ?? []).compactMap(\.asMap).map { entry in
      Case(
        template: entry["template"]?.asString ?? "",
        variables: entry["row"]?.asInt.flatMap { rows[$0].asMap } ?? variables,
        output: entry["output"]?.asString,
        error: entry["error"]?.asString ?? "", message: entry["message"]?.asString ?? "")
    }
  }

  private static func environment(_ options: OrderedMap) -> TemplateEnvironment {
    var environment = TemplateEnvironment.jinja
    environment.trimBlocks = options["trim"] != nil
    environment.lstripBlocks = options["lstrip"] != nil
    environment.keepTrailingNewline = options["dropsNewline"] == nil
    guard options["chat"] != nil else { return environment }
    return .chat
  }
}

/// What became of a template here.
enum Outcome: Equatable {
  case output(String)
  case refused(String)
  case raised(TemplateError.Kind, String)

  init(_ template: String, _ variables: OrderedMap, _ environment: TemplateEnvironment) {
    var findings = Findings()
    let source = Source(name: "test", text: template)
    guard let compiled = Template(EmbeddedText(template, at: source.span), in: environment, &findings) else {
      self = .refused(findings.all.map(\.message).joined(separator: "; "))
      return
    }
    do throws(TemplateError) {
      self = .output(try compiled.render(variables))
    } catch {
      self = .raised(error.kind, error.message)
    }
  }
}
