import Diagnostics
import Metrics
import TaskDSL
import Values
import YAML

/// Rows whose right answer is none of their choices.
struct GoldNotAChoice: Rule {
  static let code: Diagnostic.Code = "gold-not-a-choice"
  static let family = Family.choices
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.data

  static let about = """
    Such a row scores 0 whatever a model prefers. The right choice is named by its number, counted from 0, or by its text,
    letter by letter; a test split whose labels are kept secret often has -1 instead.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "label": 1}
    {"question": "0 + 1", "label": 2}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    output_type: multiple_choice
    doc_to_text: "{{question}}"
    doc_to_choice: ["1", "2"]
    doc_to_target: label
    ```
    ```diagnostics
    error[gold-not-a-choice]: 1 of 2 rows has a right answer that is none of the choices: 2 in row 1
     --> example.yaml:8:16
      |
    8 | doc_to_target: label
      |                ^^^^^
     ::: example.yaml:7:16
      |
    7 | doc_to_choice: ["1", "2"]
      |                ---------- the choices
      = help: choices are counted from 0; labels that begin with 1 need `{{ column - 1 }}`
    ```
    """

  func check(_ rows: RowsContext, _ findings: inout Findings) {
    guard let plan = rows.plan, plan.outputType == .multipleChoice, plan.results == nil else { return }
    let lost = plan.documents.filter { document in
      let target = plan.hasManyInputs ? document.question : document.target
      switch Gold(target, among: document.choices ?? []) {
      case .missing: return true
      case .anyOf(let places): return places.isEmpty
      case .one: return false
      }
    }
    guard let first = lost.first else { return }
    let target = plan.hasManyInputs ? first.question : first.target
    let all = plan.documents.count
    let count =
      all == lost.count
      ? all == 1 ? "the only row has" : "all \(all) rows have"
      : "\(lost.count) of \(all) rows \(lost.count == 1 ? "has" : "have")"
    findings.add(
      Self.finding(
        "\(count) a right answer that is none of the choices: \(Self.short(target)) in row \(first.id)",
        at: rows.goldPlace,
        labels: rows.task["doc_to_choice"].map { [Diagnostic.Label("the choices", at: $0.span)] } ?? [],
        help: Self.help(target, first.choices ?? [])))
  }

  private static func short(_ value: Value) -> String {
    let text = value.repr
    return text.count > 60 ? text.prefix(60) + "…" : text
  }

  private static func help(_ target: Value, _ choices: [String]) -> String {
    if let number = target.asInt {
      return number < 0
        ? "the labels of this split may be secret; evaluate another"
        : number == choices.count
          ? "choices are counted from 0; labels that begin with 1 need `{{ column - 1 }}`"
          : "there are \(choices.count) choices, counted from 0"
    }
    let text = target.text
    let near = choices.first {
      $0.lowercased().filter { !$0.isWhitespace } == text.lowercased().filter { !$0.isWhitespace }
    }
    return near.map { "the choice is written \(Value.string($0).repr)" }
      ?? "give the number of the right choice, or its text"
  }
}
