import Diagnostics
import YAML

/// A letter of another alphabet that looks like one of the letters around it.
struct MixedAlphabets: Rule {
  static let code: Diagnostic.Code = "mixed-alphabets"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.warning

  static let about = """
    Cyrillic and Greek have letters that cannot be told from Latin ones by their looks. In a key or a name such a letter
    makes another word of it, which nothing knows.

    ```yaml
    task: demo
    metric_list:
    - metric: \u{430}cc
    ```
    ```diagnostics
    warning[mixed-alphabets]: a letter of another alphabet (U+430) looks like `a` in `аcc`
     --> example.yaml:3:11
      |
    3 | - metric: аcc
      |           ^^^
      = help: write `acc` with Latin letters
    ```

    ```yaml
    task: demo
    metric_list:
    - metric: acc
    ```
    """

  /// Letters of other alphabets, and those that they look like.
  private static let likenesses: [Unicode.Scalar: Character] = [
    "\u{430}": "a", "\u{435}": "e", "\u{43E}": "o", "\u{440}": "p", "\u{441}": "c", "\u{443}": "y",
    "\u{445}": "x", "\u{455}": "s", "\u{456}": "i", "\u{458}": "j", "\u{501}": "d", "\u{51B}": "q",
    "\u{410}": "A", "\u{412}": "B", "\u{415}": "E", "\u{41A}": "K", "\u{41C}": "M", "\u{41D}": "H",
    "\u{41E}": "O", "\u{420}": "P", "\u{421}": "C", "\u{422}": "T", "\u{425}": "X", "\u{3BF}": "o",
    "\u{3BD}": "v", "\u{391}": "A", "\u{392}": "B", "\u{395}": "E", "\u{397}": "H", "\u{399}": "I",
    "\u{39A}": "K", "\u{39C}": "M", "\u{39D}": "N", "\u{39F}": "O", "\u{3A1}": "P", "\u{3A4}": "T",
    "\u{3A7}": "X",
  ]

  func check(_ file: FileContext, _ findings: inout Findings) {
    if file.source.text.utf8.allSatisfy({ $0 < 0x80 }) { return }
    file.root?.forEachMapping { _, entries in
      for entry in entries {
        check(entry.key.value, at: entry.key.span, &findings)
        for node in entry.value.items ?? [entry.value] {
          guard let text = node.plainText else { continue }
          // A value is a name where it is one word; in templates the names stand between braces.
          if !text.text.contains(where: { $0.isWhitespace || $0 == "{" }) {
            check(text.text, at: text.span, &findings)
            continue
          }
          let parts = TemplateParts(text.text)
          for range in parts.expressions + parts.statements {
            for word in Self.words(parts.text(range)) { check(word, at: text.span(range), &findings) }
          }
        }
      }
    }
  }

  private static func words(_ code: String) -> [String] {
    code.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
  }

  private func check(_ word: String, at span: SourceSpan, _ findings: inout Findings) {
    let letters = word.unicodeScalars
    guard letters.contains(where: { $0.isASCII && $0.properties.isAlphabetic }),
      let odd = letters.first(where: { !$0.isASCII }), let like = Self.likenesses[odd],
      letters.allSatisfy({ $0.isASCII || Self.likenesses[$0] != nil })
    else { return }
    let better = String(letters.map { Self.likenesses[$0] ?? Character($0) })
    let number = String(odd.value, radix: 16, uppercase: true)
    findings.add(
      Self.finding(
        "a letter of another alphabet (U+\(number)) looks like `\(like)` in `\(word)`", at: span,
        help: "write `\(better)` with Latin letters"))
  }
}
