public import Exchange
import Metrics
import Runs
public import TaskDSL
public import Values

/// Makes what is shown of planned tasks.
public struct PreviewMaker: Sendable {
  /// Tells tokens, where a tokenizer is known.
  public var tokens: (any TokenFormat)?
  /// What is answered to a document of a task.
  public var answers: @Sendable (_ task: String, _ document: Int) -> [Value]

  public init(
    tokens: (any TokenFormat)? = nil,
    answers: @escaping @Sendable (_ task: String, _ document: Int) -> [Value] = { _, _ in [] }
  ) {
    self.tokens = tokens
    self.answers = answers
  }

  /// - Parameter documents: the places of the documents that are shown; nil for all.
  public func preview(
    of task: PlannedTask, in graph: RequestGraph, documents: [Int]? = nil
  ) throws(BackendError) -> TaskPreview {
    var shown: [DocumentPreview] = []
    for place in documents ?? Array(task.documents.indices) {
      shown.append(try document(task.documents[place], of: task, in: graph))
    }
    var generation: GenerationOptions?
    if let first = task.documents.first?.requests.first?.first,
      case .generate(_, let options) = graph.requests[first].ask
    {
      generation = options
    }
    return TaskPreview(
      name: task.name, file: task.file, outputType: task.outputType, shots: task.shots, split: task.split,
      rowCount: task.originalCount, examples: task.examples, generation: generation,
      configuration: task.configuration, documents: shown, missing: [],
      contextLength: tokens?.contextLength)
  }

  /// A task that has no rows to show.
  ///
  /// - Parameter missing: why, in a line each.
  public func preview(of leaf: LeafTask, _ outline: TaskOutline, missing: [String]) -> TaskPreview {
    TaskPreview(
      name: leaf.name, file: leaf.file, outputType: outline.outputType, shots: outline.shots, split: nil,
      rowCount: nil, examples: nil, generation: outline.generation, configuration: outline.configuration,
      documents: [], missing: missing, contextLength: tokens?.contextLength)
  }

  // MARK: - Documents

  private func document(
    _ document: PlannedDocument, of task: PlannedTask, in graph: RequestGraph
  ) throws(BackendError) -> DocumentPreview {
    let target = task.hasManyInputs ? document.question : document.target
    let choices = document.choices ?? []
    let gold = target.asInt.flatMap { choices.indices.contains($0) ? $0 : nil }
    let asked = document.requests.compactMap(\.first).map { graph.requests[$0] }
    return DocumentPreview(
      id: document.id, row: document.row, target: target, goldChoice: gold, choices: choices,
      contexts: try contexts(asked, document, task, gold: gold),
      examples: document.examples.compactMap { example($0, document, task) },
      answers: answers(task.name, document.id).map { answer($0, document, task, asked) })
  }

  private func example(_ chosen: Int, _ document: PlannedDocument, _ task: PlannedTask) -> ExamplePreview? {
    guard let source = task.examples else { return nil }
    let isSame = source.rows.indices.contains(chosen) && source.rows[chosen] == document.row
    return ExamplePreview(row: source.number(of: chosen), isEvaluatedRow: isSame)
  }

  /// Requests in a row that go on from one text stand together.
  private func contexts(
    _ asked: [Request], _ document: PlannedDocument, _ task: PlannedTask, gold: Int?
  ) throws(BackendError) -> [ContextPreview] {
    var contexts: [ContextPreview] = []
    var node: Int?
    for (index, request) in asked.enumerated() {
      let number = document.choices.flatMap { $0.isEmpty ? nil : index % $0.count }
      let choice = task.outputType == .multipleChoice ? number : nil
      var continuation: String?
      if case .loglikelihood(_, let text) = request.ask { continuation = text }
      let shown = RequestPreview(
        request: request, continuation: continuation, choice: choice,
        isGold: choice != nil ? choice == gold : continuation != nil && !task.isClass,
        tokens: try tokens?.tokens(of: request.ask))
      let own = request.context?.node ?? -1
      if own == node, let last = contexts.popLast() {
        contexts.append(
          ContextPreview(
            parts: last.parts, conversation: last.conversation, requests: last.requests + [shown]))
        continue
      }
      node = own
      let kept = document.conversations
      contexts.append(
        ContextPreview(
          parts: try parts(of: request),
          conversation: kept.indices.contains(contexts.count) ? kept[contexts.count] : [],
          requests: [shown]))
    }
    return contexts
  }

  /// Each part has as many tokens as the prompt grows by when it is added.
  private func parts(of request: Request) throws(BackendError) -> [PromptPart] {
    let pieces = request.pieces
    guard let tokens else { return pieces.map { PromptPart($0.origin, $0.text) } }
    var parts: [PromptPart] = []
    var text = ""
    var count = 0
    for piece in pieces {
      text += piece.text
      let whole = try tokens.count(text)
      parts.append(PromptPart(piece.origin, piece.text, tokens: whole - count))
      count = whole
    }
    return parts
  }

  // MARK: - Answers

  private func answer(
    _ given: Value, _ document: PlannedDocument, _ task: PlannedTask, _ asked: [Request]
  ) -> AnswerPreview {
    let reader = AnswerReader(task: task, document: document, requests: asked)
    do throws(AnswerTrouble) {
      let answers = try reader.answers(given)
      return AnswerPreview(
        given: given, choice: reader.choice(given), traces: task.traces(of: document, answered: answers),
        trouble: nil)
    } catch {
      return AnswerPreview(given: given, choice: nil, traces: [], trouble: error.message)
    }
  }
}

extension Request {
  /// What it goes on from; nil where a whole text is scored.
  var context: Prompt? {
    switch ask {
    case .loglikelihood(let context, _), .generate(let context, _): context
    case .loglikelihoodRolling: nil
    }
  }

  fileprivate var pieces: [Piece] {
    if case .loglikelihoodRolling(let text) = ask { return [Piece(text, .question)] }
    return context?.pieces ?? []
  }
}
