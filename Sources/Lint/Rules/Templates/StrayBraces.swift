import Diagnostics
import YAML

/// Closing braces of a template without opening ones.
struct StrayBraces: Rule {
  static let code: Diagnostic.Code = "stray-braces"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    `}}` without `{{` before it is text, which the model reads. Most likely an opening brace is missing.

    ```yaml
    task: demo
    doc_to_text: "Q: {{question}} A: answer}}"
    ```
    ```diagnostics
    warning[stray-braces]: `}}` in `doc_to_text` closes nothing
     --> example.yaml:2:40
      |
    2 | doc_to_text: "Q: {{question}} A: answer}}"
      |                                        ^^
      = help: put `{{` before what is filled in
    ```

    ```yaml
    task: demo
    doc_to_text: "{{question}} \\frac{1}{x^{2}}"
    ```
    """#

  /// `{name}}`, and nothing else in braces.
  private static func halfOpen(_ bytes: ArraySlice<UInt8>) -> Range<Int>? {
    guard bytes.count(where: { $0 == UInt8(ascii: "{") }) == 1,
      bytes.count(where: { $0 == UInt8(ascii: "}") }) == 2,
      let open = bytes.firstIndex(of: UInt8(ascii: "{")), let close = bytes.firstIndex(of: UInt8(ascii: "}")),
      close + 1 < bytes.endIndex, bytes[close + 1] == UInt8(ascii: "}"), open + 1 < close,
      open == bytes.startIndex || bytes[open - 1] != UInt8(ascii: "\\")
    else { return nil }
    let isName = bytes[(open + 1)..<close].allSatisfy { byte in
      byte == 0x20 || byte == 0x5F || byte >= 0x30 && byte <= 0x39
        || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
    }
    return isName ? open..<(close + 2) : nil
  }

  func check(_ task: TaskContext, _ findings: inout Findings) {
    for (key, text) in task.templates where text.text.holds("}}") {
      let parts = TemplateParts(text.text)
      for literal in parts.literals {
        let bytes = parts.bytes[literal]
        // Braces of formulas and of data written out close in pairs.
        if let range = Self.halfOpen(bytes) {
          findings.add(
            Self.finding(
              "`\(parts.text(range))` in `\(key)` opens with one brace and closes with two",
              at: text.span(range),
              help: "write `{\(parts.text(range))`"))
          continue
        }
        guard !bytes.contains(UInt8(ascii: "\\")), bytes.count(where: { $0 == UInt8(ascii: "{") }) == 0 else {
          continue
        }
        guard let at = bytes.indices.dropLast().first(where: { bytes[$0] == 0x7D && bytes[$0 + 1] == 0x7D })
        else {
          continue
        }
        findings.add(
          Self.finding(
            "`}}` in `\(key)` closes nothing", at: text.span(at..<(at + 2)),
            help: "put `{{` before what is filled in"))
      }
    }
  }
}
