import Diagnostics
import YAML

/// A character that cannot be seen, in a key or a text.
struct InvisibleCharacter: Rule {
  static let code: Diagnostic.Code = "invisible-character"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.warning

  static let about = """
    A character that cannot be seen makes two texts differ that look the same: a key is not known, a stop string is never
    met, a choice is another one. Joiners inside words of scripts that need them are left alone.

    ```yaml
    task: demo
    doc_to_choice: ["yes​", "no"]
    ```
    ```diagnostics
    warning[invisible-character]: there is a zero width space (U+200B) here, which cannot be seen
     --> example.yaml:2:21
      |
    2 | doc_to_choice: ["yes​", "no"]
      |                     ^
      = help: remove it
      = fix: remove it
    ```
    ```yaml fixed
    task: demo
    doc_to_choice: ["yes", "no"]
    ```
    """

  private static let names: [Unicode.Scalar: String] = [
    "\u{200B}": "zero width space", "\u{FEFF}": "byte order mark", "\u{2060}": "word joiner",
    "\u{200E}": "left-to-right mark", "\u{200F}": "right-to-left mark", "\u{00AD}": "soft hyphen",
  ]

  func check(_ file: FileContext, _ findings: inout Findings) {
    if file.source.text.utf8.allSatisfy({ $0 < 0x80 }) { return }
    var offset: UInt32 = 0
    for scalar in file.source.text.unicodeScalars {
      let length = UInt32(UTF8.width(scalar))
      if offset > 0, let name = Self.names[scalar] {
        let span = SourceSpan(source: file.source.id, start: offset, end: offset + length)
        findings.add(
          Self.finding(
            "there is a \(name) (U+\(String(scalar.value, radix: 16, uppercase: true))) here, which cannot be seen",
            at: span, help: "remove it", fix: Fix("remove it", safety: .needsReview, Fix.Edit(span, ""))))
      }
      offset += length
    }
  }
}
