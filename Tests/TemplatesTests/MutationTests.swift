import Diagnostics
import Templates
import Testing
import Values

@Suite struct `templates cut short` {
  /// Each template of the tables, cut at every character: it renders, raises or is refused.
  @Test(arguments: ["chat", "errors", "statements", "tasks"])
  func `never crash`(_ name: String) throws {
    let table = try Conformance(name)
    var seen: Set<String> = []
    for item in table.cases where item.template.utf8.count < 900 && seen.insert(item.template).inserted {
      for end in item.template.unicodeScalars.indices {
        check(String(item.template[..<end]), item.variables, table.environment)
        check(String(item.template[end...]), item.variables, table.environment)
      }
    }
    #expect(!seen.isEmpty)
  }

  /// Each with one character left out.
  @Test(arguments: ["statements", "whitespace", "methods"])
  func `nor with a hole`(_ name: String) throws {
    let table = try Conformance(name)
    for item in table.cases.prefix(400) {
      for index in item.template.unicodeScalars.indices {
        var scalars = item.template.unicodeScalars
        scalars.remove(at: index)
        check(String(scalars), item.variables, table.environment)
      }
    }
    #expect(!table.cases.isEmpty)
  }

  private func check(_ text: String, _ variables: OrderedMap, _ environment: TemplateEnvironment) {
    var findings = Findings()
    let source = Source(name: "t", text: text)
    let template = Template(EmbeddedText(text, at: source.span), in: environment, &findings)
    #expect(template != nil || findings.hasErrors, "\(text)")
    for finding in findings.all
    where finding.span.end > source.span.end || finding.span.start > finding.span.end {
      Issue.record("a place outside of \(text.debugDescription): \(finding)")
    }
    _ = try? template?.render(variables)
  }
}
