import Diagnostics
import Patterns
import YAML

/// `doc` in a template, where columns have their own names.
struct DocInTemplate: Rule {
  static let code: Diagnostic.Code = "doc-in-template"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.warning

  static let about = """
    A template sees the columns of a row by their names. `doc` is what functions call the whole row; a template knows no
    such name.

    ```yaml
    task: demo
    doc_to_text: "{{doc.question}} or {{doc['question']}}"
    ```
    ```diagnostics
    warning[doc-in-template]: a template has no `doc`; the columns of the row are known by their names in `doc_to_text`
     --> example.yaml:2:17
      |
    2 | doc_to_text: "{{doc.question}} or {{doc['question']}}"
      |                 ^^^^^^^^^^^^
      = help: write `question`
      = fix: replace with `question`

    warning[doc-in-template]: a template has no `doc`; the columns of the row are known by their names in `doc_to_text`
     --> example.yaml:2:37
      |
    2 | doc_to_text: "{{doc.question}} or {{doc['question']}}"
      |                                     ^^^^^^^^^^^^^^^
      = help: write `question`
      = fix: replace with `question`
    ```
    ```yaml fixed
    task: demo
    doc_to_text: "{{question}} or {{question}}"
    ```

    ```yaml
    task: demo
    doc_to_text: "{% for doc in documents %}{{doc.text}}{% endfor %}"
    ```
    """

  private static let name = Pattern(
    constant: #"(?<![\w.'"])doc(?:\.([A-Za-z_]\w*)|\[\s*(['"])([A-Za-z_]\w*)\2\s*\])"#)

  func check(_ task: TaskContext, _ findings: inout Findings) {
    for (key, text) in task.templates where text.text.holds("doc") {
      let parts = TemplateParts(text.text)
      if parts.statements.contains(where: { parts.text($0).contains("doc") }) { continue }
      for range in parts.expressions {
        for match in (try? Self.name.matches(in: parts.text(range))) ?? [] {
          guard let column = match.ranges[1] ?? match.ranges[3] else { continue }
          func at(_ part: Range<Int>) -> Range<Int> {
            (range.lowerBound + part.lowerBound)..<(range.lowerBound + part.upperBound)
          }
          let name = parts.text(at(column))
          findings.add(
            Self.finding(
              "a template has no `doc`; the columns of the row are known by their names in `\(key)`",
              at: text.span(at(match.range)), help: "write `\(name)`",
              fix: .replace(text.span(at(match.range)), with: name, safety: .needsReview)))
        }
      }
    }
  }
}
