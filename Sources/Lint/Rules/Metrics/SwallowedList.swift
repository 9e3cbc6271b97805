import Diagnostics
import YAML

/// A value that has swallowed the lines below it.
struct SwallowedList: Rule {
  static let code: Diagnostic.Code = "swallowed-list"
  static let family = Family.metrics
  static let severity = Diagnostic.Severity.warning
  static let supersedes: Set<String> = ["not-a-boolean", "wrong-type"]

  static let about = """
    Without a colon and a key, lines that are indented further belong to the text above them: the value is one long text,
    and what was meant to be a list is lost.

    ```yaml
    task: demo
    metric_list:
      - metric: exact_match
        ignore_punctuation: false
          - ","
          - "!"
    ```
    ```diagnostics
    warning[swallowed-list]: the lines below belong to this text: `false - "," - "!"`
     --> example.yaml:4:25
      |
    4 |     ignore_punctuation: false
      |                         ^^^^^
      = help: give the list a key of its own, such as `regexes_to_ignore:`
    ```
    """

  func check(_ file: FileContext, _ findings: inout Findings) {
    file.root?.forEachScalar { node, scalar, _ in
      guard scalar.style == .plain, let text = node.plainText else { return }
      let words = text.text.split(separator: " ")
      guard words.count > 2, ["true", "false", "null"].contains(words[0].lowercased()), words[1] == "-" else {
        return
      }
      findings.add(
        Self.finding(
          "the lines below belong to this text: `\(text.text)`", at: text.span,
          help: "give the list a key of its own, such as `regexes_to_ignore:`"))
    }
  }
}
