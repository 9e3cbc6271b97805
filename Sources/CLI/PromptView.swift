import Diagnostics
import Exchange
import Metrics
import TaskDSL
import Values

/// A document's requests as a person reads them, coloured by where each piece comes from.
struct PromptView {
  let plan: Plan
  let task: PlannedTask
  /// How many tokens a text has, where a tokenizer is known.
  var tokenCount: (@Sendable (String) -> Int)?

  func text(ofDocument index: Int, _ paint: Diagnostic.Paint) -> String {
    guard task.documents.indices.contains(index) else { return "" }
    let document = task.documents[index]
    let requests = document.requests.compactMap(\.first).map { plan.graph.requests[$0] }
    var out = paint(heading(document, requests.count), "1") + "\n"
    if task.hasManyInputs || requests.count == 1 {
      for request in requests { out += body(request, paint) }
    } else if let first = requests.first {
      out += body(first, paint, isWithContinuation: false)
      for request in requests { out += paint("» ", "2") + continuation(request, paint) }
    }
    if task.outputType != .loglikelihoodRolling { out += paint("gold: ", "2") + gold(document) + "\n" }
    return out
  }

  private func heading(_ document: PlannedDocument, _ count: Int) -> String {
    let shots = task.shots > 0 ? ", \(task.shots) example\(task.shots == 1 ? "" : "s")" : ""
    return
      "━━ \(task.name) · document \(document.id) of \(task.originalCount)\(shots) · \(count) \(task.outputType.rawValue) request\(count == 1 ? "" : "s")"
  }

  private func body(_ request: Request, _ paint: Diagnostic.Paint, isWithContinuation: Bool = true) -> String
  {
    switch request.ask {
    case .loglikelihoodRolling(let text): return text + count(text, paint) + "\n"
    case .loglikelihood(let context, _):
      return prompt(context, paint)
        + (isWithContinuation ? paint("» ", "2") + continuation(request, paint) : "")
    case .generate(let context, let options):
      return prompt(context, paint)
        + paint(
          "» until \(options.until.map(pythonRepr).joined(separator: ", ")), at most \(options.maxTokens) tokens",
          "2") + "\n"
    }
  }

  private func prompt(_ prompt: Prompt, _ paint: Diagnostic.Paint) -> String {
    prompt.pieces.map { paint($0.text, Self.colour(of: $0.origin)) }.joined() + paint("▏", "2")
      + count(prompt.text, paint) + "\n"
  }

  private func continuation(_ request: Request, _ paint: Diagnostic.Paint) -> String {
    guard case .loglikelihood(_, let continuation) = request.ask else { return "" }
    return paint(pythonRepr(continuation), "32") + count(continuation, paint) + "\n"
  }

  private func count(_ text: String, _ paint: Diagnostic.Paint) -> String {
    tokenCount.map { paint("  [\($0(text)) tokens]", "2") } ?? ""
  }

  private func gold(_ document: PlannedDocument) -> String {
    let gold = task.hasManyInputs ? document.question : document.target
    if let choices = document.choices, let index = gold.asInt, choices.indices.contains(index) {
      return "\(index) \(pythonRepr(choices[index]))"
    }
    return gold.repr
  }

  private static func colour(of origin: Piece.Origin) -> String {
    switch origin {
    case .system: "35"
    case .description: "36"
    case .shotQuestion: "34"
    case .shotAnswer: "32"
    case .question: "1"
    case .answerPrefix: "33"
    }
  }

  /// The document's requests with their pieces, for programs.
  func value(ofDocument index: Int) -> Value {
    let document = task.documents[index]
    let requests = document.requests.compactMap(\.first).map { plan.graph.requests[$0] }
    return [
      "task": .string(task.name), "doc_id": .int(document.id), "num_fewshot": .int(task.shots),
      "output_type": .string(task.outputType.rawValue), "target": document.target,
      "requests": .list(requests.map { value(of: $0) }),
    ]
  }

  private func value(of request: Request) -> Value {
    var map: OrderedMap = ["request_type": .string(request.type.rawValue), "arguments": request.arguments]
    switch request.ask {
    case .loglikelihood(let context, _), .generate(let context, _):
      map["pieces"] = .list(
        context.pieces.map { ["origin": .string($0.origin.name), "text": .string($0.text)] })
      if let tokenCount { map["tokens"] = .int(tokenCount(context.text)) }
    case .loglikelihoodRolling(let text):
      if let tokenCount { map["tokens"] = .int(tokenCount(text)) }
    }
    return .map(map)
  }
}
