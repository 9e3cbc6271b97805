import Diagnostics
import Patterns
import YAML

/// A number in a form that YAML 1.1 reads as text.
struct TextForNumber: Rule {
  static let code: Diagnostic.Code = "text-for-number"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.warning
  static let supersedes: Set<String> = ["wrong-type"]

  static let about = """
    YAML 1.1 reads `1e-5` as text, because it has no point; a program that gets it expects a number.

    ```yaml
    task: demo
    generation_kwargs:
      top_p: 5e-1
    ```
    ```diagnostics
    warning[text-for-number]: `5e-1` is text to YAML 1.1, not a number
     --> example.yaml:3:10
      |
    3 |   top_p: 5e-1
      |          ^^^^
      = help: write it with a point and a sign, or in quotes if a text is meant
      = fix: replace with `5.0e-1`
    ```
    ```yaml fixed
    task: demo
    generation_kwargs:
      top_p: 5.0e-1
    ```

    ```yaml
    task: demo
    generation_kwargs:
      top_p: 5.0e-1
    ```
    """

  private static let written = Pattern(constant: #"^[-+]?(\d+(\.\d*)?|\.\d+)[eE][-+]?\d+$"#)

  func check(_ file: FileContext, _ findings: inout Findings) {
    file.root?.forEachScalar { node, scalar, _ in
      guard scalar.style == .plain, let text = node.plainText,
        text.text.contains(where: { $0 == "e" || $0 == "E" }),
        let first = text.text.utf8.first, first < 0x3A, (try? Self.written.firstMatch(in: text.text)) != nil,
        let number = Double(text.text)
      else { return }
      findings.add(
        Self.finding(
          "`\(text.text)` is text to YAML 1.1, not a number", at: text.span,
          help: "write it with a point and a sign, or in quotes if a text is meant",
          fix: .replace(text.span, with: Self.withPoint(text.text, number), safety: .needsReview)))
    }
  }

  private static func withPoint(_ text: String, _ number: Double) -> String {
    guard let mark = text.firstIndex(where: { $0 == "e" || $0 == "E" }) else { return text }
    let head = text[..<mark]
    let exponent = text[text.index(after: mark)...]
    let signed = exponent.hasPrefix("-") || exponent.hasPrefix("+") ? "" : "+"
    return (head.contains(".") ? head : head + ".0") + "e" + signed + exponent
  }
}
