import Diagnostics
import Exchange
import Metrics
import Runs
import TaskDSL
import Values
import YAML

/// A pipeline that looks for words which nothing in the prompt asks for.
struct UnaskedWording: Rule {
  static let code: Diagnostic.Code = "unasked-wording"
  static let family = Family.filters
  static let severity = Diagnostic.Severity.warning
  static let tier = Tier.data

  static let about = #"""
    Right answers are found only in certain words, and neither the question, the description nor an example has them, so a
    model can only guess that it should write them.

    ```jsonl rows.jsonl
    {"question": "What is 1 + 1?", "answer": "2"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: "{{answer}}"
    filter_list:
      - name: strict
        filter:
          - {function: regex, regex_pattern: "The answer is ([0-9]+)"}
          - {function: take_first}
    metric_list:
      - metric: exact_match
    ```
    ```diagnostics
    warning[unasked-wording]: `strict` finds right answers only in words such as 'The answer is 2', which the prompt does not ask for
     --> example.yaml:8:11
      |
    8 |   - name: strict
      |           ^^^^^^
      = help: ask for these words in the prompt, or let an example show them
    ```

    ```jsonl rows.jsonl
    {"question": "What is 1 + 1?", "answer": "2"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    description: "End with: The answer is NUMBER\n\n"
    doc_to_text: "{{question}}"
    doc_to_target: "{{answer}}"
    filter_list:
      - name: strict
        filter:
          - {function: regex, regex_pattern: "The answer is ([0-9]+)"}
          - {function: take_first}
    metric_list:
      - metric: exact_match
    ```
    """#

  func check(_ rows: RowsContext, _ findings: inout Findings) {
    guard let test = rows.selfTest, let plan = rows.plan, plan.results == nil else { return }
    for result in test.pipelines where result.countAsInPattern > 0 && result.isSound {
      guard let wording = result.wording,
        let document = plan.documents.first(where: { $0.id == wording.document })
      else { continue }
      let words = Self.words(around: document.answers.first ?? "", in: wording.answer)
      guard !words.isEmpty, let number = document.requests.first?.first,
        rows.requests.indices.contains(number),
        case .generate(let prompt, _) = rows.requests[number].ask, !prompt.text.lowercased().contains(words)
      else { continue }
      findings.add(
        Self.finding(
          "`\(result.name)` finds right answers only in words such as \(Value.string(wording.answer).repr), which the "
            + "prompt does not ask for",
          at: rows.pipelinePlace(result.name) ?? rows.goldPlace,
          help: "ask for these words in the prompt, or let an example show them"))
    }
  }

  /// The words before an answer, or behind it where there are none before, without what a prompt may write otherwise.
  private static func words(around answer: String, in text: String) -> String {
    guard let place = text.firstRange(of: answer) else { return "" }
    let before = trimmed(text[..<place.lowerBound])
    return before.isEmpty ? trimmed(text[place.upperBound...]) : before
  }

  private static func trimmed(_ text: Substring) -> String {
    func isLetter(_ character: Character) -> Bool { character.isLetter || character.isNumber }
    guard let first = text.firstIndex(where: isLetter), let last = text.lastIndex(where: isLetter) else {
      return String(text.filter { !$0.isWhitespace })
    }
    return text[first...last].lowercased()
  }
}
