import Diagnostics
import Exchange
import Metrics
import Values

/// Turns rows into planned documents, one after another.
struct DocumentMaker {
  let task: BoundTask
  let phrasing: Phrasing
  let options: CompileOptions
  let split: String
  /// Whether each choice is a context of its own; the first document decides for all.
  private(set) var hasManyInputs = false
  /// Whether several answers are right; the first document decides for all.
  private(set) var hasManyTargets = false

  init(task: BoundTask, phrasing: Phrasing, options: CompileOptions, split: String) {
    self.task = task
    self.phrasing = phrasing
    self.options = options
    self.split = split
  }

  /// Nil when a row cannot be used; the first such row is said.
  mutating func documents(
    _ rows: [OrderedMap], _ examples: inout Examples?, into builder: inout RequestGraphBuilder,
    _ findings: inout Findings
  ) -> [PlannedDocument]? {
    var documents: [PlannedDocument] = []
    documents.reserveCapacity(rows.count)
    for (index, row) in rows.enumerated() {
      do throws(RowTrouble) {
        if index == 0 { try look(at: row) }
        documents.append(try document(index, row, &examples, into: &builder))
      } catch {
        findings.add(
          .error(
            error.code, "\(error.message) (row \(index) of `\(split)`)",
            at: error.span ?? task.definition.task.span,
            help: error.help))
        return nil
      }
    }
    return documents
  }

  private mutating func look(at row: OrderedMap) throws(RowTrouble) {
    if task.choice != nil, try phrasing.question(of: row).asInt != nil { hasManyInputs = true }
    if let list = try phrasing.answer(of: row).asList { hasManyTargets = !list.isEmpty }
  }

  private func document(
    _ index: Int, _ row: OrderedMap, _ examples: inout Examples?, into builder: inout RequestGraphBuilder
  ) throws(RowTrouble) -> PlannedDocument {
    let question = try phrasing.question(of: row)
    let target = try phrasing.answer(of: row)
    let choices = try phrasing.choices(of: row)
    let shots = try examples?.pieces(for: row, hasManyInputs: hasManyInputs) ?? []
    var requests: [[Int]] = []
    if task.outputType == .loglikelihoodRolling {
      requests = [[builder.loglikelihoodRolling(try text(target, "doc_to_target", task.target))]]
    } else {
      let start = builder.node(after: builder.node(try systemPieces(row)), shots)
      let prefix = try phrasing.prefix(of: row) { phrasing.columns.contains($0) }
      requests = try asked(question, target, choices, from: start, prefix, into: &builder)
    }
    let repeats = task.definition.scoring.repeats
    if task.outputType != .generateUntil {
      requests = requests.map { Array(repeating: $0[0], count: repeats) }
    }
    return PlannedDocument(
      id: index, row: row, question: question, target: target, choices: choices, requests: requests)
  }

  /// The system instruction and the description, which a blank line or what the task has for one may part.
  private func systemPieces(_ row: OrderedMap) throws(RowTrouble) -> [Piece] {
    let description =
      try task.description.map { text throws(RowTrouble) in
        try text.string(in: row, isColumn: row[text.text.text] != nil)
      } ?? ""
    guard let system = options.systemInstruction, !system.isEmpty else {
      return [Piece(description, .description)]
    }
    if description.isEmpty { return [Piece(system, .system)] }
    let whole = joined(system, description, by: task.definition.prompt.fewshotDelimiter)
    return [
      Piece(String(Substring(whole.utf8.dropLast(description.utf8.count))), .system),
      Piece(description, .description),
    ]
  }

  private func asked(
    _ question: Value, _ target: Value, _ choices: [String]?, from start: Int, _ prefix: String?,
    into builder: inout RequestGraphBuilder
  ) throws(RowTrouble) -> [[Int]] {
    let delimiter = task.definition.prompt.targetDelimiter
    func node(_ question: String, _ delimiter: String) -> Int {
      let turn = Turn(
        question: question, prefix: prefix, answer: nil, targetDelimiter: delimiter, fewshotDelimiter: "")
      return builder.node(after: start, turn.questionPieces)
    }
    if hasManyInputs {
      let continuation = delimiter + (try text(target, "doc_to_target", task.target))
      return (choices ?? []).map { [builder.loglikelihood(node($0, ""), continuation)] }
    }
    let context = node(try text(question, "doc_to_text", task.text), delimiter)
    switch task.outputType {
    case .multipleChoice: return (choices ?? []).map { [builder.loglikelihood(context, delimiter + $0)] }
    case .loglikelihood:
      return [[builder.loglikelihood(context, try text(target, "doc_to_target", task.target))]]
    case .generateUntil, .loglikelihoodRolling:
      let options = task.generation.updated(with: options.generation)
      return [
        (0..<task.definition.scoring.repeats).map { builder.generate(context, options, repetition: $0) }
      ]
    }
  }

  private func text(_ value: Value, _ key: String, _ field: BoundField?) throws(RowTrouble) -> String {
    if case .string(let text) = value { return text }
    throw RowTrouble(
      key == "doc_to_text" ? "question-not-text" : "answer-not-text",
      "`\(key)` gives \(Phrasing.kind(value)) where text is needed", at: field?.span,
      help: "a template such as `{{ column }}` makes text of it")
  }
}
