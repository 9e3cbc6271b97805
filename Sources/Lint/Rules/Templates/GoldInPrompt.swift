import Diagnostics
import Metrics
import YAML

/// A prompt that shows the right answer.
struct GoldInPrompt: Rule {
  static let code: Diagnostic.Code = "gold-in-prompt"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.warning

  static let about = #"""
    The prompt holds the very column that is the right answer, so that a model need only copy it.

    ```yaml
    task: demo
    doc_to_text: "{{question}}\nAnswer: {{answer}}"
    doc_to_target: "{{answer}}"
    ```
    ```diagnostics
    warning[gold-in-prompt]: the prompt shows `answer`, which is the right answer
     --> example.yaml:2:37
      |
    2 | doc_to_text: "{{question}}\nAnswer: {{answer}}"
      |                                     ^^^^^^^^^^
     ::: example.yaml:3:16
      |
    3 | doc_to_target: "{{answer}}"
      |                ------------ the right answer
      = help: take it out of `doc_to_text`
    ```

    ```yaml
    task: demo
    doc_to_text: "{{question}}\nAnswer:"
    doc_to_target: "{{answer}}"
    ```
    """#

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task.outputType == .generateUntil || task.outputType == .loglikelihood, !task.isScoredByFunction,
      let text = task.text("doc_to_text"), let target = task.text("doc_to_target"), text.text.holds("{{")
    else { return }
    let answer = TemplateParts(target.text)
    let name: String
    if answer.isConstant {
      name = target.text
    } else {
      guard answer.expressions.count == 1, answer.statements.isEmpty,
        answer.literalText.allSatisfy(\.isWhitespace)
      else { return }
      name = Self.inner(answer.text(answer.expressions[0]))
    }
    guard !name.isEmpty,
      name.utf8.allSatisfy({
        $0 == 0x5F || $0 >= 0x30 && $0 <= 0x39 || $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A
      })
    else { return }
    let prompt = TemplateParts(text.text)
    guard let place = prompt.expressions.last(where: { Self.inner(prompt.text($0)) == name }) else { return }
    findings.add(
      Self.finding(
        "the prompt shows `\(name)`, which is the right answer", at: text.span(place),
        labels: [Diagnostic.Label("the right answer", at: target.span)], help: "take it out of `doc_to_text`")
    )
  }

  /// What stands between the braces.
  private static func inner(_ expression: String) -> String {
    String(
      expression.dropFirst(2).dropLast(2).filter { $0 != "-" }.trimmingPrefix { $0 == " " }.prefix {
        $0 != " " && $0 != "|"
      })
  }
}
