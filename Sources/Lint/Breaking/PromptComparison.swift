import Diagnostics
import Exchange
import Metrics
import TaskDSL
import Values

/// What two versions of a task ask of the same rows.
struct PromptComparison {
  let old, new: Plan
  /// What the rows are, for messages: `row`, or `trial row` for one that was made up.
  let rowWord: String
  /// Whether only examples are looked at, since all else has been compared without them.
  var isAboutExamples = false

  /// A part of a document's requests, with the key that it mostly comes from.
  private enum Part: CaseIterable {
    case description, examples, question, prefix, continuation, target

    var code: Diagnostic.Code {
      switch self {
      case .description, .question, .prefix: "prompt-changed"
      case .examples: "examples-changed"
      case .continuation: "choices-changed"
      case .target: "answer-changed"
      }
    }

    var key: String {
      switch self {
      case .description: "description"
      case .examples: "fewshot_config"
      case .question: "doc_to_text"
      case .prefix: "gen_prefix"
      case .continuation: "doc_to_choice"
      case .target: "doc_to_target"
      }
    }

    func words(_ type: OutputType) -> String {
      switch self {
      case .description: "the description"
      case .examples: "the examples"
      case .question: "the question"
      case .prefix: "the start of the answer"
      case .continuation:
        type == .loglikelihoodRolling ? "the text that is read" : "what is scored behind the prompt"
      case .target: "the right answer"
      }
    }
  }

  var changes: [Change] {
    guard let before = old.tasks.first, let after = new.tasks.first else { return [] }
    let count = min(before.documents.count, after.documents.count)
    var changes: [Change] = []
    for part in Part.allCases where !isAboutExamples || part == .examples {
      var hits = 0
      var first: (row: Int, before: String, after: String)?
      for place in 0..<count {
        let a = text(of: part, before, before.documents[place], old.graph.requests)
        let b = text(of: part, after, after.documents[place], new.graph.requests)
        if sameBytes(a, b) { continue }
        hits += 1
        if first == nil { first = (after.documents[place].id, a, b) }
      }
      guard let first else { continue }
      let (a, b) = Change.shown(Value.string(first.before).repr, Value.string(first.after).repr)
      let extent = hits == count ? "in all \(count) \(rowWord)s" : "in \(hits) of \(count) \(rowWord)s"
      changes.append(
        Change(
          part.code,
          "\(part.words(after.outputType)) changed \(count == 1 ? "in the only \(rowWord)" : extent)",
          key: part.key, before: a, after: b))
    }
    return changes
  }

  private func text(
    of part: Part, _ task: PlannedTask, _ document: PlannedDocument, _ requests: [Request]
  ) -> String {
    let own = document.requests.compactMap(\.first).map { requests[$0].ask }
    switch part {
    case .target:
      // Of likelihoods only the choice that is right counts.
      guard task.outputType != .multipleChoice else {
        let gold = Gold(
          task.hasManyInputs ? document.question : document.target, among: document.choices ?? [])
        return switch gold {
        case .one(let place): "choice \(place)"
        case .anyOf(let places): places.map { "choice \($0)" }.joined(separator: " or ")
        case .missing: "none of the choices"
        }
      }
      return task.outputType == .generateUntil ? document.target.repr : ""
    case .continuation:
      return own.map { ask in
        switch ask {
        case .loglikelihood(_, let continuation): continuation
        case .loglikelihoodRolling(let text): text
        case .generate: ""
        }
      }.joined(separator: " | ")
    case .description: return pieces(own) { $0 == .system || $0 == .description }
    case .question: return pieces(own) { $0 == .question }
    case .prefix: return pieces(own) { $0 == .answerPrefix }
    case .examples:
      return pieces(own) {
        switch $0 {
        case .shotQuestion, .shotAnswer: true
        default: false
        }
      }
    }
  }

  /// The pieces of some origins; of a document whose choices are contexts, those of all.
  private func pieces(_ asks: [Request.Ask], _ isWanted: (Piece.Origin) -> Bool) -> String {
    var texts: [String] = []
    for ask in asks {
      let prompt: Prompt
      switch ask {
      case .loglikelihood(let context, _): prompt = context
      case .generate(let context, _): prompt = context
      case .loglikelihoodRolling: continue
      }
      let text = prompt.pieces.filter { isWanted($0.origin) }.map(\.text).joined()
      if texts.last != text { texts.append(text) }
    }
    return texts.joined(separator: " | ")
  }
}
