import Diagnostics
import Templates
import Testing
import Values

@Suite struct `a compiled template` {
  private func template(_ text: String, in environment: TemplateEnvironment = .jinja) throws -> Template {
    var findings = Findings()
    let made = Template(
      EmbeddedText(text, at: Source(name: "t", text: text).span), in: environment, &findings)
    #expect(findings.all.isEmpty)
    return try #require(made)
  }

  @Test func `that is one expression gives its value`() throws {
    let choices = try template("{{ [a, b] }}")
    #expect(choices.isSingleExpression)
    #expect(try choices.evaluate(["a": 1, "b": "x"]) == [1, "x"])
    #expect(try template("{{ 'a'|escape }}").evaluate([:]) == "a")
    #expect(try template("{{ 1 if false }}").evaluate([:]) == "")
    #expect(throws: TemplateError.self) { try template("{{ nope }}").evaluate([:]) }
    #expect(try !template(" {{ a }}").isSingleExpression)
    #expect(try template(" {{ a }}").evaluate(["a": 1]) == " 1")
  }

  @Test func `without tags is a constant`() throws {
    #expect(try template("{question}").isConstant)
    #expect(try !template("{{ a }}").isConstant)
    #expect(try !template("{% if a %}{% endif %}").isConstant)
    #expect(try template("{# only a comment #}x").isConstant)
  }

  @Test(arguments: [
    ("{{ a }}{{ a }}", ["a!", "a!"]), ("{{ a|default('x') }}", ["a"]), ("{{ a.b|default('x') }}", ["a!"]),
    ("{% if a is defined %}{{ a }}{% endif %}{{ a }}", ["a", "a", "a!"]),
    ("{{ a if a is defined else b }}", ["a", "a", "b"]), ("{{ a is defined and a }}", ["a", "a"]),
    ("{% for a in b %}{{ a }}{{ c }}{% endfor %}", ["b!", "c!"]), ("{% set a = 1 %}{{ a }}", []),
    ("{% macro m(a) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}", ["b!"]),
    ("{{ range(3) }}{{ loop }}", ["loop!"]),
    ("{% if c %}{% set a = 1 %}{% endif %}{{ a }}", ["c!", "a"]), ("{% raw %}{{ a }}{% endraw %}", []),
    ("{% with a = b %}{{ a }}{% endwith %}{{ a }}", ["b!", "a!"]),
    ("{{ x.y[z](w)|join(v) }}", ["x!", "z!", "w!", "v!"]),
  ]) func `knows what it reads`(_ text: String, _ expected: [String]) throws {
    #expect(try template(text).variables.map { $0.name + ($0.isGuarded ? "" : "!") } == expected)
  }

  @Test func `takes filters, tests, functions and globals of the caller's`() throws {
    var environment = TemplateEnvironment.jinja
    environment.addFilter("regex_replace", ["pattern", "repl", "count="]) {
      (value, given) throws(TemplateError) in
      .string("\(value.text)/\(given[0]?.text ?? "")/\(given[1]?.text ?? "")/\(given[2]?.text ?? "0")")
    }
    environment.addTest("short", ["than="]) { (value, given) throws(TemplateError) in
      .bool(value.text.count < (given[0]?.asInt ?? 3))
    }
    environment.addFunction("shout") { given throws(TemplateError) in
      .string((given.argument(0, named: "what")?.text ?? "") + "!")
    }
    environment.addGlobal("version", "1.0")
    func render(_ text: String) throws -> String { try template(text, in: environment).render(["s": "ab"]) }
    #expect(try render("{{ s|regex_replace('a', repl='b') }}") == "ab/a/b/0")
    #expect(try render("{{ s|regex_replace(count=2, *['a', 'b']) }}") == "ab/a/b/2")
    #expect(
      try render("{{ s is short }}{{ s is short(1) }}{{ ['a', 'abcd']|select('short')|list }}")
        == "TrueFalse['a']")
    #expect(try render("{{ shout('hi') }}{{ shout(what='ho') }}{{ version }}") == "hi!ho!1.0")
    #expect(throws: TemplateError.self) { try render("{{ s|regex_replace }}") }
  }

  @Test func `leaves the variables it was given alone`() throws {
    let row: OrderedMap = ["xs": [1]]
    #expect(try template("{% set _ = xs.append(2) %}{{ xs }}").render(row) == "[1, 2]")
    #expect(row == ["xs": [1]])
  }

  @Test func `compares texts by code points`() throws {
    let row: OrderedMap = ["a": "\u{E9}", "b": "e\u{301}"]
    #expect(
      try template("{{ a == b }} {{ a in b }} {{ [a].count(b) }} {{ b|length }}").render(row)
        == "False False 0 2")
  }
}
