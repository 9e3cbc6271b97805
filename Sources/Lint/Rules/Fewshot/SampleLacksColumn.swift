import Diagnostics
import TaskDSL
import Templates
import YAML

/// A written example without a column that its template reads.
struct SampleLacksColumn: Rule {
  static let code: Diagnostic.Code = "sample-lacks-column"
  static let family = Family.fewshot
  static let severity = Diagnostic.Severity.error

  static let about = """
    An example that is written out must have every column that `doc_to_text` and `doc_to_target` fill in.

    ```yaml
    task: demo
    doc_to_text: "Q: {{question}}"
    doc_to_target: answer
    fewshot_config:
      samples:
        - {question: 1 + 1, answer: "2"}
        - {question: 2 + 2, anwser: "4"}
    ```
    ```diagnostics
    error[sample-lacks-column]: this example has no `answer`, which `doc_to_target` fills in
     --> example.yaml:7:7
      |
    7 |     - {question: 2 + 2, anwser: "4"}
      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      = help: did you mean `anwser`?
    ```
    """

  func check(_ task: TaskContext, _ findings: inout Findings) {
    guard let samples = task.fewshot("samples")?.items, task.fewshot("process_docs") == nil,
      task["process_docs"] == nil
    else { return }
    var needed: [(name: String, key: String)] = []
    for key in ["doc_to_text", "doc_to_target"] {
      guard let text = (task.fewshot(key) ?? task[key])?.plainText else { continue }
      var unused = Findings()
      let template = Template(text, in: .tasks, &unused)
      for variable in template?.variables ?? [] where !variable.isGuarded {
        needed.append((variable.name, key))
      }
      // A bare word is a column's name where the column exists; most examples of a list having it shows that it does.
      let isBare = !text.text.isEmpty && text.text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      if isBare, samples.contains(where: { $0.entry(text.text) != nil }) { needed.append((text.text, key)) }
    }
    for sample in samples {
      guard let entries = sample.entries else { continue }
      let names = entries.map(\.key.value)
      for (name, key) in needed where !names.contains(name) {
        let near = names.nearest(to: name)
        findings.add(
          Self.finding(
            "this example has no `\(name)`, which `\(key)` fills in", at: sample.span,
            help: near.map { "did you mean `\($0)`?" } ?? "add `\(name)`"))
        break
      }
    }
  }
}
