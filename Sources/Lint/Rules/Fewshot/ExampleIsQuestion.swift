import Diagnostics
import Exchange
import Metrics
import TaskDSL
import YAML

/// An example that is the very question which is asked.
struct ExampleIsQuestion: Rule {
  static let code: Diagnostic.Code = "example-is-question"
  static let family = Family.fewshot
  static let severity = Diagnostic.Severity.warning
  static let tier = Tier.data

  static let about = """
    A prompt shows the right answer of its own question as an example. The pool of examples holds the row, or another that
    reads the same.

    ```jsonl rows.jsonl
    {"question": "1 + 1", "answer": "2"}
    {"question": "2 + 2", "answer": "4"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}} ="
    doc_to_target: "{{answer}}"
    num_fewshot: 1
    fewshot_config:
      sampler: first_n
      samples:
        - {question: 2 + 2, answer: "4"}
    ```
    ```diagnostics
    warning[example-is-question]: 1 of 2 prompts shows its own question as an example, the first is row 1
      --> example.yaml:11:5
       |
    11 |     - {question: 2 + 2, answer: "4"}
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       = help: take examples from rows that are not evaluated
    ```
    """

  func check(_ rows: RowsContext, _ findings: inout Findings) {
    guard let plan = rows.plan, plan.shots > 0 else { return }
    let shown = plan.documents.filter { document in
      guard let number = document.requests.first?.first, rows.requests.indices.contains(number),
        let pieces = Self.pieces(of: rows.requests[number])
      else { return false }
      guard let question = pieces.last(where: { $0.origin == .question })?.text, !question.isEmpty else {
        return false
      }
      return pieces.contains { piece in
        guard case .shotQuestion = piece.origin else { return false }
        // An example's question has the delimiter behind it.
        return piece.text.utf8.starts(with: question.utf8)
          && piece.text.utf8.count - question.utf8.count <= rows.task.targetDelimiter.utf8.count
      }
    }
    guard let first = shown.first else { return }
    let place =
      rows.task.fewshot("samples") ?? rows.task["fewshot_split"] ?? rows.task["num_fewshot"]
    findings.add(
      Self.finding(
        "\(shown.count) of \(plan.documents.count) prompts \(shown.count == 1 ? "shows its" : "show their") own question "
          + "as an example, the first is row \(first.id)",
        at: place?.span ?? rows.task.place,
        help: "take examples from rows that are not evaluated"))
  }

  private static func pieces(of request: Request) -> [Piece]? {
    switch request.ask {
    case .loglikelihood(let context, _): context.pieces
    case .generate(let context, _): context.pieces
    case .loglikelihoodRolling: nil
    }
  }
}
