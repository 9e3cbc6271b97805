import Diagnostics
import YAML

/// A fallback that looks like an answer.
struct FallbackIsAnswer: Rule {
  static let code: Diagnostic.Code = "fallback-is-answer"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.note

  static let about = """
    The fallback stands for answers in which nothing is found. Where it is one of the choices, rows that the model did not
    answer count as right by chance.

    ```yaml
    task: demo
    doc_to_choice: ["A", "B"]
    filter_list:
      - name: letter
        filter:
          - function: regex
            regex_pattern: "([AB])"
            fallback: A
          - function: take_first
    ```
    ```diagnostics
    note[fallback-is-answer]: the fallback `A` is an answer, right by chance
     --> example.yaml:8:19
      |
    8 |         fallback: A
      |                   ^
      = help: take what no answer can be, such as `[invalid]`
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    for (_, steps) in task.pipelines {
      for step in steps {
        guard let fallback = step["fallback"]?.plainText else { continue }
        let isChoice = task.writtenChoices?.contains { $0.plainText?.text == fallback.text } ?? false
        let isLetter = fallback.text.utf8.count == 1 && ("A"..."Z").contains(fallback.text)
        guard isChoice || isLetter else { continue }
        findings.add(
          Self.finding(
            "the fallback `\(fallback.text)` is an answer, right by chance", at: fallback.span,
            help: "take what no answer can be, such as `[invalid]`"))
      }
    }
  }
}
