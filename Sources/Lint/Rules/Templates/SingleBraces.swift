import Diagnostics
import Patterns
import YAML

/// `{x}` where `{{x}}` was meant.
struct SingleBraces: Rule {
  static let code: Diagnostic.Code = "single-braces"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    A template fills in what stands in double braces. `{question}` with single ones is text, which the model reads as it
    is written.

    ```yaml
    task: demo
    doc_to_text: "Q: {question}"
    ```
    ```diagnostics
    warning[single-braces]: `{question}` in `doc_to_text` is text; a value is filled in between double braces
     --> example.yaml:2:18
      |
    2 | doc_to_text: "Q: {question}"
      |                  ^^^^^^^^^^
      = help: write `{{question}}`
      = fix: replace with `{{question}}`
    ```
    ```yaml fixed
    task: demo
    doc_to_text: "Q: {{question}}"
    ```

    What belongs to a formula, or to an answer's form that the prompt describes, is left alone.

    ```yaml
    task: demo
    doc_to_text: "{{question}} Write \\boxed{answer} or {\"answer\": 1}."
    ```
    """#

  private static let braces = Pattern(constant: #"\{ *([A-Za-z_][A-Za-z0-9_]*) *\}"#)

  func check(_ task: TaskContext, _ findings: inout Findings) {
    for (key, text) in task.templates where text.text.holds("${") || text.text.holds("%(") {
      checkForeign(key, text, &findings)
    }
    for (key, text) in task.templates where text.text.holds("{") {
      let parts = TemplateParts(text.text)
      for literal in parts.literals {
        for match in (try? Self.braces.matches(in: parts.text(literal))) ?? [] {
          let range =
            (literal.lowerBound + match.range.lowerBound)..<(literal.lowerBound + match.range.upperBound)
          guard let name = match.ranges[1], isAlone(range, in: parts.bytes) else { continue }
          let inner = parts.text(
            (literal.lowerBound + name.lowerBound)..<(literal.lowerBound + name.upperBound))
          // One letter or two stand for something in the text itself, unless the template reads them elsewhere.
          guard inner.utf8.count > 2 || parts.isConstant || isRead(inner, by: task) else { continue }
          findings.add(
            Self.finding(
              "`{\(inner)}` in `\(key)` is text; a value is filled in between double braces",
              at: text.span(range),
              help: "write `{{\(inner)}}`",
              fix: .replace(text.span(range), with: "{{\(inner)}}", safety: .needsReview)))
        }
      }
    }
  }

  private static let foreign = Pattern(constant: #"\$\{([A-Za-z_]\w{2,})\}|%\(([A-Za-z_]\w*)\)s"#)

  /// Ways in which shells and Python's `%` fill in values.
  private func checkForeign(_ key: String, _ text: EmbeddedText, _ findings: inout Findings) {
    let parts = TemplateParts(text.text)
    for literal in parts.literals {
      for match in (try? Self.foreign.matches(in: parts.text(literal))) ?? [] {
        guard let name = match.ranges[1] ?? match.ranges[2] else { continue }
        func at(_ range: Range<Int>) -> Range<Int> {
          (literal.lowerBound + range.lowerBound)..<(literal.lowerBound + range.upperBound)
        }
        let inner = parts.text(at(name))
        findings.add(
          Self.finding(
            "`\(parts.text(at(match.range)))` in `\(key)` is text; a value is filled in between double braces",
            at: text.span(at(match.range)), help: "write `{{\(inner)}}`",
            fix: .replace(text.span(at(match.range)), with: "{{\(inner)}}", safety: .needsReview)))
      }
    }
  }

  private func isRead(_ name: String, by task: TaskContext) -> Bool {
    task.templates.contains { _, text in
      let parts = TemplateParts(text.text)
      return parts.expressions.contains { range in
        parts.text(range).split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains { $0 == name }
      }
    }
  }

  /// Whether no command or mark of a formula stands before the brace, and nothing that belongs to code around it.
  private func isAlone(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
    if range.upperBound < bytes.count, "}{^_(".utf8.contains(bytes[range.upperBound]) { return false }
    guard range.lowerBound > 0 else { return true }
    let before = bytes[range.lowerBound - 1]
    let isLetter =
      before >= 0x30 && before <= 0x39 || before >= 0x41 && before <= 0x5A || before >= 0x61 && before <= 0x7A
    return !isLetter && !"\\^_}{$".utf8.contains(before)
  }
}
