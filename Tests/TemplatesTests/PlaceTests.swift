import Diagnostics
import Templates
import TestKit
import Testing
import Values

@Suite struct `places in the outer file` {
  /// A template that stands indented in a block scalar, as YAML gives it.
  private static let file = Source(
    name: "task.yaml", text: "doc_to_text: |\n  Q: {{ question }}\n  A: {{ answr.x|upper }}\n")
  private static let embedded = EmbeddedText(
    "Q: {{ question }}\nA: {{ answr.x|upper }}\n",
    at: SourceSpan(source: file.id, start: 13, end: UInt32(file.text.utf8.count)),
    runs: [EmbeddedText.Run(inner: 0, outer: 17), EmbeddedText.Run(inner: 18, outer: 37)])

  private func compile(_ text: String) -> (Template?, [Diagnostic], Source) {
    var findings = Findings()
    let source = Source(name: "t", text: text)
    let template = Template(EmbeddedText(text, at: source.span), in: .jinja, &findings)
    return (template, findings.all, source)
  }

  private func text(_ span: SourceSpan?, _ source: Source) -> String? {
    span.map { String(source.slice(Int($0.start), Int($0.end))) }
  }

  @Test func `variables are listed with their places`() throws {
    var findings = Findings()
    let template = try #require(Template(Self.embedded, in: .jinja, &findings))
    #expect(template.variables.map(\.name) == ["question", "answr"])
    #expect(template.variables.map { text($0.span, Self.file) } == ["question", "answr"])
    #expect(template.variables.allSatisfy { !$0.isGuarded })
  }

  @Test func `an undefined variable is shown where it is read`() throws {
    var findings = Findings()
    let template = try #require(Template(Self.embedded, in: .jinja, &findings))
    let error = #expect(throws: TemplateError.self) { try template.render(["question": "?"]) }
    #expect(error?.message == "'answr' is undefined")
    #expect(text(error?.span, Self.file) == "answr")
  }

  @Test(arguments: [
    ("x {{ a + s }}", "a + s"), ("{{ d.q }}", "d.q"), ("{{ d.q.r }}", "d.q"), ("{{ 1 / 0 }}", "1 / 0"),
    ("{% for x in nope %}{% endfor %}", "nope"), ("{% if nope %}{% endif %}", "nope"),
    ("{{ xs[9] ~ 1 }}", "xs[9]"),
    ("{% set y = nope %}é {{ y }}", "nope"), ("{{ s|truncate(1) }}", "s|truncate(1)"), ("{{ a() }}", "a()"),
    ("{% for x, y in xs %}{% endfor %}", "xs"), ("{{ xs.index(7) }}", "xs.index(7)"),
    ("{{ not nope }}", "nope"),
    ("{% macro m(p) %}{{ p + s }}{% endmacro %}{{ m(1) }}", "p + s"), ("{{ a and nope }}", "nope"),
  ]) func `what fails is underlined`(_ template: String, _ expected: String) throws {
    let (compiled, findings, source) = compile(template)
    #expect(findings.isEmpty)
    let error = #expect(throws: TemplateError.self) {
      try compiled?.render(["a": 1, "s": "b", "d": [:], "xs": [1]])
    }
    #expect(text(error?.span, source) == expected)
  }

  @Test(arguments: [
    ("{% if a %}x", "template-unclosed", "if"), ("{% for x in y %}", "template-unclosed", "for"),
    ("é {{ a", "template-unclosed", "{{"), ("{# x", "template-unclosed", "{#"),
    ("{{ 'a }}", "template-unclosed", "'"),
    ("{{ a|uper }}", "unknown-template-filter", "uper"),
    ("{{ a is defind }}", "unknown-template-test", "defind"),
    ("{{ a b }}", "template-syntax", "b"), ("{% fro x in y %}", "template-syntax", "fro"),
    ("{{ a && b }}", "template-syntax", "&"), ("{% include 'x' %}", "template-needs-loader", "include"),
    ("{% if a %}{% endfor %}", "template-syntax", "endfor"), ("{{ (a] }}", "template-syntax", "]"),
    ("{% raw %}x", "template-unclosed", "{% raw %}"),
  ]) func `a mistake is found where it stands`(_ template: String, _ code: String, _ expected: String) {
    let (compiled, findings, source) = compile(template)
    #expect(compiled == nil)
    #expect(findings.map(\.code.name) == [code])
    #expect(text(findings.first?.span, source) == expected)
  }

  @Test func `a typo gets a suggestion`() {
    #expect(compile("{{ a|uper }}").1.first?.help == "did you mean `upper`?")
    #expect(compile("{{ a is defind }}").1.first?.help == "did you mean `defined`?")
    #expect(compile("{% fro x in y %}").1.first?.help == "did you mean `for`?")
    #expect(compile("{{ a || b }}").1.first?.help == "write `or`")
  }

  @Test func `all unknown filters are told at once`() {
    #expect(compile("{{ a|uper }}{{ b|lowr }}").1.count == 2)
  }

  @Test func `an unknown filter within a condition is a doubt`() {
    let (compiled, findings, _) = compile("{% if a %}{{ a|uper }}{% endif %}")
    #expect(compiled != nil)
    #expect(findings.map(\.severity) == [.warning])
  }
}
