import Diagnostics
import Metrics
import TaskDSL
import Values
import YAML

/// A row whose right answer is none of its choices.
struct GoldIsNoChoice: Rule {
  static let code: Diagnostic.Code = "gold-is-no-choice"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = #"""
    A right answer that is none of the choices is never found: the row counts as wrong whatever the model says. Labels of -1
    mean that the authors keep the answers to themselves.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "options": ["2", "3"], "label": 0}
    {"question": "2 + 2", "options": ["3", "4"], "label": 2}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    output_type: multiple_choice
    doc_to_text: "{{question}}"
    doc_to_choice: options
    doc_to_target: label
    ```
    ```diagnostics
    error[gold-is-no-choice]: the right answer is number 2, of choices 0 to 1 (row 1)
     --> example.yaml:8:16
      |
    8 | doc_to_target: label
      |                ^^^^^
      = help: choices are counted from 0
    ```

    ```jsonl rows.jsonl
    {"question": "1 + 1", "options": ["2", "3"], "label": 0}
    {"question": "2 + 2", "options": ["3", "4"], "label": 1}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    output_type: multiple_choice
    doc_to_text: "{{question}}"
    doc_to_choice: options
    doc_to_target: label
    ```
    """#

  func check(_ rows: RowsContext, _ findings: inout Findings) {
    guard rows.task.outputType == .multipleChoice, !rows.task.isScoredByFunction, let plan = rows.plan,
      let place = rows.task["doc_to_target"]
    else { return }
    for document in plan.documents {
      // The number of the right context is in the question then.
      if case .int = document.question { return }
      guard let choices = document.choices, let words = Self.trouble(document.target, choices) else {
        continue
      }
      findings.add(
        Self.finding(
          "\(words) (row \(document.id))", at: place.span, help: Self.help(document.target, choices)))
      return
    }
  }

  private static func trouble(_ target: Value, _ choices: [String]) -> String? {
    switch target {
    case .int(let number):
      if choices.indices.contains(number) { return nil }
      return number < 0
        ? "the right answer is number \(number), as where labels are kept secret"
        : "the right answer is number \(number), of choices 0 to \(choices.count - 1)"
    case .string(let text):
      if choices.contains(where: { sameBytes($0, text) }) { return nil }
      return "the right answer `\(text.prefix(40))` is none of the choices"
    case .double, .null:
      return "the right answer is \(target.isNull ? "null" : target.text), and not the number of a choice"
    case .list(let items): return items.lazy.compactMap { trouble($0, choices) }.first
    default: return nil
    }
  }

  private static func help(_ target: Value, _ choices: [String]) -> String {
    if case .string = target {
      return "give the number of the choice, or its text to the letter: `\(choices.first?.prefix(30) ?? "")`"
    }
    return "choices are counted from 0"
  }
}
