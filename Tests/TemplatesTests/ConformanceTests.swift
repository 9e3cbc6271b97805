import Templates
import Testing
import Values

@Suite struct `the template engine and Jinja` {
  @Test(arguments: Conformance.names) func `agree on every case`(_ name: String) throws {
    let table = try Conformance(name)
    var mismatches: [String] = []
    for item in table.cases where KnownDifferences.reasons[item.template] == nil {
      let outcome = Outcome(item.template, item.variables, table.environment)
      if !agrees(outcome, item) {
        let expected = item.output ?? "\(item.error): \(item.message)"
        mismatches.append(
          "\(item.template.debugDescription)\n  expected \(expected.debugDescription)\n  found    \(outcome)")
      }
    }
    #expect(!table.cases.isEmpty)
    if !mismatches.isEmpty {
      Issue.record("\(mismatches.count) of \(table.cases.count):\n\(mismatches.joined(separator: "\n"))")
    }
  }

  private func agrees(_ outcome: Outcome, _ item: Conformance.Case) -> Bool {
    switch outcome {
    case .output(let text): item.output.map { sameBytes($0, text) } ?? false
    case .refused: ["TemplateSyntaxError", "TemplateAssertionError", "SyntaxError"].contains(item.error)
    case .raised(let kind, let message):
      kind == .undefined && item.message.contains("StrictUndefined")
        || Self.kinds[item.error] == kind
          && (Self.isAboutCall(item.message) || sameBytes(message, item.message))
    }
  }

  /// Python's exceptions and what they are called here.
  private static let kinds: [String: TemplateError.Kind] = [
    "UndefinedError": .undefined, "AttributeError": .undefined, "TypeError": .type, "ValueError": .value,
    "AssertionError": .value, "ZeroDivisionError": .arithmetic, "OverflowError": .arithmetic,
    "KeyError": .lookup, "IndexError": .lookup, "FilterArgumentError": .argument,
    "TemplateRuntimeError": .runtime, "RuntimeError": .runtime, "TemplateError": .raised,
  ]

  /// How a function was called wrongly is said in our own words.
  private static func isAboutCall(_ message: String) -> Bool {
    message.contains("()") && message.contains("argument") || message.contains(" expected at ")
  }
}
