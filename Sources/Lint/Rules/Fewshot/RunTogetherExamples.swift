import Diagnostics
import Metrics
import YAML

/// Nothing between one example and the next.
struct RunTogetherExamples: Rule {
  static let code: Diagnostic.Code = "run-together-examples"
  static let family = Family.fewshot
  static let severity = Diagnostic.Severity.warning

  static let about = """
    Without `fewshot_delimiter` the answer of one example and the question of the next are one word.

    ```yaml
    task: demo
    doc_to_text: "Q: {{question}} A:"
    num_fewshot: 2
    fewshot_delimiter: ""
    ```
    ```diagnostics
    warning[run-together-examples]: nothing stands between one example and the next
     --> example.yaml:4:20
      |
    4 | fewshot_delimiter: ""
      |                    ^^
      = help: leave `fewshot_delimiter` out; it is an empty line then
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task.outputType != .loglikelihoodRolling, let delimiter = task.text("fewshot_delimiter"),
      delimiter.text.isEmpty
    else {
      return
    }
    if let text = task.text("doc_to_text"), TemplateParts(text.text).beginning.first?.isWhitespace == true {
      return
    }
    if let target = task.text("doc_to_target"), TemplateParts(target.text).ending.last?.isWhitespace == true {
      return
    }
    if task["doc_to_text"]?.isFunction == true || task["doc_to_target"]?.isFunction == true { return }
    findings.add(
      Self.finding(
        "nothing stands between one example and the next", at: delimiter.span,
        help: "leave `fewshot_delimiter` out; it is an empty line then"))
  }
}
