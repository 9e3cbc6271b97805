import Diagnostics
import Values
import YAML

/// A plain scalar that YAML 1.1 reads as another number than is written.
struct ReadAsNumber: Rule {
  static let code: Diagnostic.Code = "read-as-number"
  static let family = Family.syntax
  static let severity = Diagnostic.Severity.warning

  static let about = """
    YAML 1.1 reads `010` as 8, `1:30` as 90 and `1_000` as 1000. Where a text is meant, only quotes keep it as it is
    written.

    ```yaml
    task: demo
    doc_to_choice: [1:30, 2:45]
    ```
    ```diagnostics
    warning[read-as-number]: `1:30` is the number 90 to YAML 1.1 (base 60)
     --> example.yaml:2:17
      |
    2 | doc_to_choice: [1:30, 2:45]
      |                 ^^^^
      = help: put it in quotes if a text is meant
      = fix: put it in quotes

    warning[read-as-number]: `2:45` is the number 165 to YAML 1.1 (base 60)
     --> example.yaml:2:23
      |
    2 | doc_to_choice: [1:30, 2:45]
      |                       ^^^^
      = help: put it in quotes if a text is meant
      = fix: put it in quotes
    ```
    ```yaml fixed
    task: demo
    doc_to_choice: ["1:30", "2:45"]
    ```

    ```yaml
    task: demo
    doc_to_choice: ["1:30", "2:45"]
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    file.root?.forEachScalar { node, scalar, path in
      guard scalar.style == .plain, node.tag == nil, let kind = Self.kind(of: scalar) else { return }
      if path.first == "metadata" { return }
      findings.add(
        Self.finding(
          "`\(scalar.text.text)` is the number \(scalar.value.text) to YAML 1.1 (\(kind))", at: node.span,
          help: "put it in quotes if a text is meant",
          fix: Fix("put it in quotes", safety: .needsReview, Fix.Edit(node.span, "\"\(scalar.text.text)\""))))
    }
  }

  private static func kind(of scalar: Scalar) -> String? {
    switch scalar.value {
    case .int, .double: break
    default: return nil
    }
    let text = scalar.text.text.drop { $0 == "-" || $0 == "+" }
    if text.contains(":") { return "base 60" }
    if text.contains("_") { return "`_` between digits" }
    if text.hasPrefix("0x") || text.hasPrefix("0X") { return "base 16" }
    if text.hasPrefix("0b") { return "base 2" }
    let isOctal = text.count > 1 && text.hasPrefix("0") && text.allSatisfy { ("0"..."7").contains($0) }
    return isOctal ? "base 8" : nil
  }
}
