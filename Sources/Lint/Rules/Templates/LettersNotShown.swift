import Diagnostics
import Metrics
import TaskDSL
import Values
import YAML

/// Choices that are letters which the prompt does not show.
struct LettersNotShown: Rule {
  static let code: Diagnostic.Code = "letters-not-shown"
  static let family = Family.templates
  static let severity = Diagnostic.Severity.warning
  static let tier = Tier.data

  static let about = """
    The choices are letters, and the prompt does not say which letter stands for what: the model can only guess.

    ```jsonl rows.jsonl
    {"question": "1 + 1 = ?", "label": 1}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    output_type: multiple_choice
    doc_to_text: "{{question}} Answer:"
    doc_to_choice: ["A", "B"]
    doc_to_target: label
    ```
    ```diagnostics
    warning[letters-not-shown]: the prompt of row 0 does not say what `A` and `B` stand for
     --> example.yaml:6:14
      |
    6 | doc_to_text: "{{question}} Answer:"
      |              ^^^^^^^^^^^^^^^^^^^^^^
      = help: list the choices with their letters in `doc_to_text`
    ```
    """

  func check(_ rows: RowsContext, _ findings: inout Findings) {
    guard let plan = rows.plan, plan.outputType == .multipleChoice, !plan.hasManyInputs,
      let place = rows.task["doc_to_text"],
      let document = plan.documents.first, let choices = document.choices, choices.count > 1
    else { return }
    let letters = choices.map { String($0.trimmingWhitespace) }
    guard letters.allSatisfy({ $0.utf8.count == 1 && $0 >= "A" && $0 <= "Z" }) else { return }
    let question = document.question.text
    let words = Set(question.split { !($0.isLetter || $0.isNumber) }.map(String.init))
    let hidden = letters.filter { !words.contains($0) }
    guard hidden.count == letters.count else { return }
    findings.add(
      Self.finding(
        "the prompt of row \(document.id) does not say what `\(letters[0])` and `\(letters[1])` stand for",
        at: place.span,
        help: "list the choices with their letters in `doc_to_text`"))
  }
}
