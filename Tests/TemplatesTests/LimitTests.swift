import Diagnostics
import Templates
import Testing
import Values

@Suite struct `a template that wants too much` {
  private static let environment: TemplateEnvironment = {
    var environment = TemplateEnvironment.jinja
    environment.mostRounds = 10_000
    return environment
  }()

  private func outcome(_ text: String) -> Outcome { Outcome(text, ["x": [1], "s": "abc"], Self.environment) }

  @Test(arguments: [
    "{{ 'x' * 100000000 }}", "{{ 2 ** 100000 }}", "{{ 10 ** (10 ** 10) }}",
    "{{ (2 ** 60000) * (2 ** 60000) }}",
    "{{ [1] * 100000000 }}", "{{ range(100000000)|list }}",
    "{{ 'x'|center(1000000000) }}",
    "{{ '%1000000000d' % 1 }}", "{{ '{:1000000000}'.format(1) }}", "{{ 'x'.zfill(999999999) }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% macro m(n) %}{{ 1 + m(n)|int }}{% endmacro %}{{ m(1) }}",
    "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% for x in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}",
    "{% set ns = namespace(x=[]) %}{% for i in range(1000) %}{% set ns.x = [ns.x] %}{% endfor %}",
    "{% set n = namespace(x=[]) %}{% for i in range(90) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x }}",
    "{% set l = [] %}{% for i in range(1000) %}{% set _ = l.append(l) %}{% endfor %}{{ l }}",
    "{% set ns = namespace(s='abcdefgh') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
    "{% for i in range(1000) %}{% for j in range(1000) %}{% endfor %}{% endfor %}",
    "{{ 'x'|indent(1000000000) }}", "{{ 'a'|replace('', s * 20000000) }}",
    "{{ x|batch(9999999999, 1)|list }}",
    "{% set n = namespace() %}{% set n.n = n %}{{ [[n]] }}",
    "{% set n = namespace() %}{% set n.n = n %}{{ n }}",
  ]) func `gets an error`(_ text: String) {
    guard case .raised(let kind, let message) = outcome(text) else {
      Issue.record("\(text) went through")
      return
    }
    #expect(kind == .limit || kind == .undefined, "\(message)")
  }

  @Test(arguments: [
    "{{ (10 ** 400)|float }}", "{{ 10 ** 400 * 1.5 }}",
    "{{ range(-9223372036854775807, 9223372036854775807) }}",
    "{{ 1e308|round(-308, 'ceil') * 1e308 }}",
  ]) func `never overflows silently`(_ text: String) {
    switch outcome(text) {
    case .raised(let kind, _): #expect(kind == .arithmetic)
    case .output(let text): #expect(text == "inf")
    case .refused(let message): Issue.record("refused: \(message)")
    }
  }

  @Test(arguments: [
    ("(", "1", ")"), ("[", "", "]"), ("{1:", "1", "}"), ("not ", "1", ""), ("-", "1", ""), ("", "1", " + 1"),
    ("", "x", ".y"),
    ("", "s", "|upper"), ("", "x", "[0]"), ("1 if 1 else ", "1", ""), ("", "1", " if 1 else 1"),
    ("x(", "1", ")"), ("", "x", "()"),
    ("1 ** ", "1", ""), ("", "1", " and 1"), ("", "1", " ~ 1"), ("", "1", " < 1"), ("", "1", " is odd"),
    ("x[", "0", "]"),
  ]) func `nested without end is refused or rendered, never a crash`(
    _ open: String, _ middle: String, _ close: String
  ) {
    for depth in [50, 500, 20_000] {
      let inner = String(repeating: open, count: depth) + middle + String(repeating: close, count: depth)
      _ = outcome("{{ \(inner) }}")
      _ = outcome("{{ \(inner)")
    }
  }

  @Test(arguments: [
    ("{% if s %}", "{% endif %}"), ("{% for c in s %}", "{% endfor %}"), ("{% with %}", "{% endwith %}"),
    ("{% macro m() %}", "{% endmacro %}"), ("{% filter upper %}", "{% endfilter %}"),
    ("{% if 0 %}{% elif 0 %}", "{% endif %}"), ("{% set x %}", "{% endset %}"),
    ("{% block b %}", "{% endblock %}"),
  ])
  func `blocks nested without end are refused`(_ open: String, _ close: String) {
    let text = String(repeating: open, count: 5_000) + String(repeating: close, count: 5_000)
    guard case .refused(let message) = outcome(text) else {
      Issue.record("went through")
      return
    }
    #expect(message.contains("nested"))
  }

  @Test func `the deepest expressions and calls allowed still fit the stack`() {
    let deep = String(repeating: "(1 + ", count: 90) + "m(n - 1)|int" + String(repeating: ")", count: 90)
    let text = "{% macro m(n) %}{% if n %}{{ \(deep) }}{% endif %}{% endmacro %}{{ m(500) }}"
    guard case .raised(let kind, _) = outcome(text) else {
      Issue.record("went through")
      return
    }
    #expect(kind == .limit)
  }

  @Test func `many branches are not deep`() {
    let text = "{% if 0 %}" + String(repeating: "{% elif 0 %}", count: 300) + "{% else %}x{% endif %}"
    #expect(outcome(text) == .output("x"))
  }
}
