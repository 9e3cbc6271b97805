import Diagnostics
import Patterns
import YAML

/// A constant or property that other languages have, and templates have not.
struct ForeignConstant: Rule {
  static let code: Diagnostic.Code = "foreign-constant"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.warning

  static let about = """
    Templates know `none`, `true` and `false`, also with a capital. `null`, `nil` or `TRUE` is a column that does not exist,
    which is empty and equal to nothing; `.length` is a key that a value does not have.

    ```yaml
    task: demo
    doc_to_text: "{{ '' if context == null else context }}{{question}}"
    ```
    ```diagnostics
    warning[foreign-constant]: `null` is no constant of a template, but a column that is empty where there is none
     --> example.yaml:2:35
      |
    2 | doc_to_text: "{{ '' if context == null else context }}{{question}}"
      |                                   ^^^^
      = help: write `none`
      = fix: replace with `none`
    ```
    ```yaml fixed
    task: demo
    doc_to_text: "{{ '' if context == none else context }}{{question}}"
    ```

    ```yaml
    task: demo
    doc_to_text: "{{ '' if context is none else context }}{{question}}"
    ```
    """

  private static let constants = [
    "null": "none", "NULL": "none", "Null": "none", "nil": "none", "NONE": "none", "TRUE": "true",
    "FALSE": "false",
    "undefined": "none",
  ]
  private static let word = Pattern(
    constant:
      #"'[^']*'|"[^"]*"|(?<![\w.])(null|NULL|Null|nil|NONE|TRUE|FALSE|undefined)(?!\w)|\.(length|size|count)(?![\w(])"#
  )
  /// What may stand before a name that is a test's, or one that is given a value.
  private static let tests = Pattern(constant: #"(?:\bis|\bis\s+not|\bset|\bfor)\s+$"#)

  func check(_ task: TaskContext, _ findings: inout Findings) {
    for (_, text) in task.templates where text.text.holds("{") {
      let parts = TemplateParts(text.text)
      for range in parts.expressions + parts.statements { check(range, parts, text, &findings) }
    }
  }

  private func check(
    _ range: Range<Int>, _ parts: TemplateParts, _ text: EmbeddedText, _ findings: inout Findings
  ) {
    let code = parts.text(range)
    for match in (try? Self.word.matches(in: code)) ?? [] {
      guard let place = match.ranges[1] ?? match.ranges[2] else { continue }
      let name = String(code.utf8.dropFirst(place.lowerBound).prefix(place.count)) ?? ""
      let before = String(code.utf8.prefix(place.lowerBound)) ?? ""
      if (try? Self.tests.firstMatch(in: before)) != nil { continue }
      let span = text.span(
        (range.lowerBound + place.lowerBound)..<(range.lowerBound + place.upperBound))
      if let constant = Self.constants[name] {
        findings.add(
          Self.finding(
            "`\(name)` is no constant of a template, but a column that is empty where there is none",
            at: span,
            help: "write `\(constant)`", fix: .replace(span, with: constant, safety: .needsReview)))
      } else if name == "length" {
        findings.add(
          Self.finding(
            "a value has no `.\(name)`, so that this is empty", at: span, help: "use the filter: `| length`"))
      }
    }
  }
}
