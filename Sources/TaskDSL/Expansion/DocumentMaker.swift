import Diagnostics
import Exchange
import Metrics
import Values
import YAML

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
  /// Whether the chat format would not take the system's words, so that they were left out.
  private(set) var hasDroppedSystem = false
  /// The messages of each context of the document at hand, where they are kept.
  private var conversations: [[ChatMessage]] = []

  init(task: BoundTask, phrasing: Phrasing, options: CompileOptions, split: String) {
    self.task = task
    self.phrasing = phrasing
    self.options = options
    self.split = split
  }

  /// Nil when a row cannot be used; the first such row is said.
  ///
  /// - Parameter places: which rows are evaluated, in order; the first row of all tells what kind of task it is.
  mutating func documents(
    at places: [Int], _ examples: inout Examples?, into builder: inout RequestGraphBuilder,
    _ findings: inout Findings
  ) -> [PlannedDocument]? {
    var documents: [PlannedDocument] = []
    documents.reserveCapacity(places.count)
    var at = 0
    do throws(RowTrouble) {
      if !phrasing.rows.isEmpty { try look(at: 0) }
      for place in places {
        at = place
        documents.append(try document(place, &examples, into: &builder))
      }
    } catch {
      let shots = error.code == "too-few-examples" ? task.node["num_fewshot"]?.span : nil
      findings.add(error.adding("row \(at) of `\(split)`").finding(at: shots ?? task.definition.task.span))
      return nil
    }
    return documents
  }

  private mutating func look(at row: Int) throws(RowTrouble) {
    if task.choice != nil, try phrasing.question(of: row).asInt != nil { hasManyInputs = true }
    if let list = try phrasing.answer(of: row).asList { hasManyTargets = !list.isEmpty }
  }

  private mutating func document(
    _ index: Int, _ examples: inout Examples?, into builder: inout RequestGraphBuilder
  ) throws(RowTrouble) -> PlannedDocument {
    let row = phrasing.rows[index]
    conversations = []
    let question = try phrasing.question(of: index)
    let target = try phrasing.answer(of: index)
    let choices = try phrasing.choices(of: index)
    let shots = try examples?.messages(for: row, hasManyInputs: hasManyInputs) ?? []
    var requests: [[Int]] = []
    if task.outputType == .loglikelihoodRolling {
      requests = [[builder.loglikelihoodRolling(try text(target, "doc_to_target", task.target))]]
    } else {
      let before = try systemMessages(row) + shots
      let prefix = try phrasing.prefix(of: index) { phrasing.columns.contains($0) }
      requests = try asked(question, target, choices, after: before, prefix, into: &builder)
    }
    let repeats = task.definition.scoring.repeats
    if task.outputType != .generateUntil {
      requests = requests.map { Array(repeating: $0[0], count: repeats) }
    }
    return PlannedDocument(
      id: index, row: row, question: question, target: target, choices: choices, requests: requests,
      examples: examples?.chosen ?? [], conversations: conversations)
  }

  /// The system instruction and the description, which a blank line or what the task has for one may part.
  private func systemMessages(_ row: OrderedMap) throws(RowTrouble) -> [Message] {
    let description =
      try task.description.map { text throws(RowTrouble) in
        try text.string(in: row, isColumn: row[text.text.text] != nil)
      } ?? ""
    let system = options.systemInstruction ?? ""
    let whole = joined(system, description, by: task.definition.prompt.fewshotDelimiter)
    if whole.isEmpty { return [] }
    if options.chat != nil { return [Message(role: .system, content: whole, origin: .system)] }
    let before = String(Substring(whole.utf8.dropLast(description.utf8.count)))
    return [
      Message(role: .system, content: before, origin: .system),
      Message(role: .system, content: description, origin: .description),
    ]
  }

  private mutating func asked(
    _ question: Value, _ target: Value, _ choices: [String]?, after before: [Message], _ prefix: String?,
    into builder: inout RequestGraphBuilder
  ) throws(RowTrouble) -> [[Int]] {
    let delimiter = task.definition.prompt.targetDelimiter
    func node(
      _ question: String, _ delimiter: String, _ builder: inout RequestGraphBuilder
    ) throws(RowTrouble) -> Int {
      let turn = Turn(
        question: question, prefix: prefix, answer: nil, targetDelimiter: delimiter, fewshotDelimiter: "")
      return builder.node(try pieces(before + turn.questionMessages, isAnswerOpen: prefix != nil))
    }
    if hasManyInputs {
      let continuation = choiceDelimiter + (try text(target, "doc_to_target", task.target))
      var requests: [[Int]] = []
      for choice in choices ?? [] {
        requests.append([builder.loglikelihood(try node(choice, "", &builder), continuation)])
      }
      return requests + unconditional(choices, &builder)
    }
    let context = try node(try text(question, "doc_to_text", task.text), delimiter, &builder)
    switch task.outputType {
    case .multipleChoice:
      let asked = (choices ?? []).map { [builder.loglikelihood(context, choiceDelimiter + $0)] }
      return asked + unconditional(choices, &builder)
    case .loglikelihood:
      return [[builder.loglikelihood(context, try text(target, "doc_to_target", task.target))]]
    case .generateUntil, .loglikelihoodRolling:
      let options = task.generation.updated(with: options.generation)
      return [
        (0..<task.definition.scoring.repeats).map { builder.generate(context, options, repetition: $0) }
      ]
    }
  }

  private mutating func pieces(
    _ messages: [Message], isAnswerOpen: Bool
  ) throws(RowTrouble) -> [Piece] {
    guard let chat = options.chat else { return messages.map(\.piece) }
    let conversation = Conversation(format: chat, isMultiturn: options.isMultiturn)
    do throws(ChatError) {
      let pieces = try conversation.pieces(messages, isAnswerOpen: isAnswerOpen)
      keep(messages, conversation)
      return pieces
    } catch {
      let others = messages.filter { $0.role != .system }
      if others.count < messages.count,
        let pieces = try? conversation.pieces(others, isAnswerOpen: isAnswerOpen)
      {
        hasDroppedSystem = true
        keep(others, conversation)
        return pieces
      }
      throw RowTrouble("chat-template-failed", error.message, at: nil, help: error.help)
    }
  }

  private mutating func keep(_ messages: [Message], _ conversation: Conversation) {
    if options.isKeepingConversations { conversations.append(conversation.turns(messages)) }
  }

  /// The choices without any context, where a metric compares with that.
  private func unconditional(_ choices: [String]?, _ builder: inout RequestGraphBuilder) -> [[Int]] {
    guard !options.isPredictOnly, task.metrics.contains(where: { $0.name == "acc_mutual_info" }) else {
      return []
    }
    return (choices ?? []).map { [builder.loglikelihood(0, choiceDelimiter + $0)] }
  }

  /// What stands before a choice; a chat format ends where the answer begins, so that nothing parts them there,
  /// unless the task itself starts the answer.
  private var choiceDelimiter: String {
    let delimiter = task.definition.prompt.targetDelimiter
    guard options.chat != nil else { return delimiter }
    let prefix = task.definition.prompt.genPrefix?.text ?? ""
    return prefix.isEmpty || prefix.endsWithSpace ? "" : delimiter
  }

  private func text(_ value: Value, _ key: String, _ field: BoundField?) throws(RowTrouble) -> String {
    if case .string(let text) = value { return text }
    throw RowTrouble(
      key == "doc_to_text" ? "question-not-text" : "answer-not-text",
      "`\(key)` gives \(Phrasing.kind(value)) where text is needed", at: field?.span,
      help: "a template such as `{{ column }}` makes text of it")
  }
}
