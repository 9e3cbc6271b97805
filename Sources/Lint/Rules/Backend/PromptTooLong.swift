import Diagnostics
import Exchange
import TaskDSL
import YAML

/// Prompts that are longer than the model reads.
struct PromptTooLong: Rule {
  static let code: Diagnostic.Code = "prompt-too-long"
  static let family = Family.backend
  static let severity = Diagnostic.Severity.warning
  static let greatestSeverity = Diagnostic.Severity.error
  static let tier = Tier.backend

  static let about = #"""
    Prompt and answer do not fit what the model reads at once, counted with its own tokenizer. A prompt that is too long loses
    its beginning: the description and the first examples. Where `max_gen_toks` alone fills the model, nothing can be
    asked, which is an error. The longest prompts of all rows are counted, or of as many as `--rows` says.

    ```jsonl rows.jsonl
    {"question": "What is the capital of the country that lies to the east of Sweden?", "answer": "Helsinki"}
    ```
    ```yaml
    task: demo
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: "{{answer}}"
    generation_kwargs: {until: ["\n"], max_gen_toks: 10}
    ```
    ```diagnostics
    warning[prompt-too-long]: 1 of 1 prompts is longer than `small` reads: row 0 has 14 tokens and 10 for the answer, of 20
     --> example.yaml:5:14
      |
    5 | doc_to_text: "{{question}}"
      |              ^^^^^^^^^^^^^^
      = help: shorten the prompt, lower `max_gen_toks`, or choose a model that reads more
    ```
    """#

  /// How many prompts are counted: the longest in bytes, of which the longest in tokens is nearly always one.
  private static let counted = 24

  func check(_ model: ModelContext, _ findings: inout Findings) {
    guard let plan = model.plan, let length = model.model.length else { return }
    var rows: [(document: Int, bytes: Int, request: Request)] = []
    for document in plan.documents {
      let longest = document.requests.compactMap(\.first).map { model.requests[$0] }.max { $0.size < $1.size }
      if let longest { rows.append((document.id, longest.size, longest)) }
    }
    rows.sort { ($1.bytes, $0.document) < ($0.bytes, $1.document) }
    let lengths = rows.prefix(Self.counted).compactMap { row in
      length(row.request).map { (document: row.document, length: $0) }
    }
    guard let worst = lengths.max(by: { $0.length.excess < $1.length.excess }), worst.length.excess > 0 else {
      return
    }
    let it = worst.length
    let generation = model.task["generation_kwargs"]
    if it.answer >= it.room {
      var finding = Self.finding(
        "\(it.answer) tokens to write leave no room for a prompt: `\(model.model.name)` reads \(it.room) in all",
        at: (generation?["max_gen_toks"] ?? generation)?.span ?? model.task.place,
        help: "lower `max_gen_toks`, or choose a model that reads more")
      finding.severity = .error
      findings.add(finding)
      return
    }
    let count = lengths.count { $0.length.excess > 0 }
    let isAll = count == Self.counted && rows.count > Self.counted
    findings.add(
      Self.finding(
        "\(isAll ? "at least " : "")\(count) of \(rows.count) prompts \(count == 1 ? "is" : "are") longer than "
          + "`\(model.model.name)` reads: row \(worst.document) has \(it.prompt) tokens and \(it.answer) for the answer, "
          + "of \(it.room)",
        at: (model.task["doc_to_text"] ?? model.task["doc_to_target"])?.span ?? model.task.place,
        help: plan.shots > 0
          ? "ask for fewer examples, or choose a model that reads more"
          : "shorten the prompt, lower `max_gen_toks`, or choose a model that reads more"))
  }
}

extension Request {
  /// Its length in bytes.
  fileprivate var size: Int {
    switch ask {
    case .loglikelihood(let context, let continuation): context.size + continuation.utf8.count
    case .loglikelihoodRolling(let text): text.utf8.count
    case .generate(let context, _): context.size
    }
  }
}

extension Prompt {
  fileprivate var size: Int { pieces.reduce(0) { $0 + $1.text.utf8.count } }
}
