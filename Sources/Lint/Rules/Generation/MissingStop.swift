import Diagnostics
import Metrics
import YAML

/// Nothing says where an answer ends.
struct MissingStop: Rule {
  static let code: Diagnostic.Code = "missing-stop"
  static let family = Family.generation
  static let severity = Diagnostic.Severity.note

  static let about = #"""
    Without `until` an answer ends where the first delimiter between examples would stand, an empty line unless another is
    given. With an empty list the model writes until it may write no more.

    ```yaml
    task: demo
    generation_kwargs:
      max_gen_toks: 64
    ```
    ```diagnostics
    note[missing-stop]: nothing says where an answer ends, so that it ends at the first empty line
     --> example.yaml:3:3
      |
    3 |   max_gen_toks: 64
      |   ^^^^^^^^^^^^^^^^
      = help: name what ends an answer: `generation_kwargs: {until: ["\n"]}`
    ```

    ```yaml
    task: demo
    generation_kwargs:
      until: ["\n"]
    ```
    """#

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard task.outputType == .generateUntil,
      task.entry("output_type") != nil || task["generation_kwargs"] != nil
    else { return }
    guard let options = task["generation_kwargs"], options.entries != nil else {
      if task["generation_kwargs"] == nil { findings.add(Self.missing(at: task.place)) }
      return
    }
    guard let until = options.entry("until") else { return findings.add(Self.missing(at: options.span)) }
    if until.value.items?.isEmpty == true {
      findings.add(
        Self.finding(
          "no stop string is given, so that a model writes until it may write no more", at: until.value.span,
          help: "name what ends an answer: `until: [\"\\n\"]`"))
    }
  }

  private static func missing(at span: SourceSpan) -> Diagnostic {
    finding(
      "nothing says where an answer ends, so that it ends at the first empty line", at: span,
      help: "name what ends an answer: `generation_kwargs: {until: [\"\\n\"]}`")
  }
}
