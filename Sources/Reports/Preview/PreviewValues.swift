import Exchange
import Metrics
import Runs
import TaskDSL
public import Values

extension TaskPreview {
  /// The task's documents for programs, one mapping each; a task without rows is one that says what is missing.
  ///
  /// `Documentation/Preview.md` has the fields.
  public var values: [Value] {
    if missing.isEmpty { return documents.map { .map(value(of: $0)) } }
    var map = head
    map["missing"] = .list(missing.map { .string($0) })
    map["configuration"] = .map(configuration)
    return [.map(map)]
  }

  private var head: OrderedMap {
    [
      "task": .string(name), "groups": .list(groups.map { .string($0) }), "file": .string(file),
      "output_type": .string(outputType.rawValue), "num_fewshot": .int(shots),
    ]
  }

  func value(ofDocument document: DocumentPreview) -> Value { .map(value(of: document)) }

  private func value(of document: DocumentPreview) -> OrderedMap {
    var map = head
    map["split"] = split.map { .string($0) } ?? .null
    map["doc_id"] = .int(document.id)
    map["doc"] = .map(document.row)
    map["target"] = document.target
    if !document.choices.isEmpty {
      map["choices"] = .list(document.choices.map { .string($0) })
      map["gold"] = document.goldChoice.map { .int($0) } ?? .null
    }
    if let examples { map["examples"] = .list(document.examples.map { value(of: $0, examples) }) }
    if let generation {
      map["until"] = .list(generation.until.map { .string($0) })
      map["max_tokens"] = .int(generation.maxTokens)
    }
    if let contextLength { map["context_length"] = .int(contextLength) }
    map["requests"] = .list(
      document.contexts.flatMap { context in context.requests.map { value(of: $0, context) } })
    if !document.answers.isEmpty { map["answers"] = .list(document.answers.map { value(of: $0) }) }
    let warnings = warnings(document)
    if !warnings.isEmpty { map["warnings"] = .list(warnings.map { .string($0) }) }
    return map
  }

  private func value(of example: ExamplePreview, _ source: ExampleSource) -> Value {
    var map: OrderedMap = [
      "split": source.split.map { .string($0) } ?? .null,
      "row": example.row.map { .int($0) } ?? .null,
      "sampler": .string(source.sampler),
      "is_evaluated_row": .bool(example.isEvaluatedRow),
    ]
    if case .random(let seed) = source.way { map["seed"] = .int(seed) }
    return .map(map)
  }

  private func value(of request: RequestPreview, _ context: ContextPreview) -> Value {
    var map: OrderedMap = [
      "request_type": .string(request.request.type.rawValue), "arguments": request.request.arguments,
    ]
    if let choice = request.choice { map["choice"] = .int(choice) }
    if !context.conversation.isEmpty {
      map["messages"] = .list(
        context.conversation.map { ["role": .string($0.role.rawValue), "content": .string($0.content)] })
    }
    map["pieces"] = .list(
      context.parts.map { part in
        var piece: OrderedMap = ["origin": .string(part.origin.name), "text": .string(part.text)]
        if let tokens = part.tokens { piece["tokens"] = .int(tokens) }
        return .map(piece)
      })
    if let tokens = request.tokens {
      map["context_tokens"] = .list(tokens.context.map(\.value))
      map["continuation_tokens"] = .list(tokens.continuation.map(\.value))
      map["moved_space"] = .string(tokens.movedSpace)
      map["is_merged"] = .bool(tokens.isMerged)
      map["fit"] = fit(request).map { .string($0) } ?? .null
    }
    return .map(map)
  }

  private func value(of answer: AnswerPreview) -> Value {
    var map: OrderedMap = ["answer": answer.given]
    if let choice = answer.choice { map["choice"] = .int(choice) }
    if let trouble = answer.trouble { map["error"] = .string(trouble) }
    map["pipelines"] = .list(
      answer.traces.map { trace in
        var map: OrderedMap = [
          "name": .string(trace.pipeline), "responses": .list(trace.responses),
          "steps": .list(
            trace.steps.enumerated().map { index, step in
              [
                "filter": .string(label(ofStep: index, named: step.name, in: trace.pipeline)),
                "left": .list(step.left),
              ]
            }),
          "metrics": .map(OrderedMap(trace.scores.map { (.string($0.metric), $0.value) })),
        ]
        if let failure = trace.failure { map["error"] = .string(failure.message) }
        return .map(map)
      })
    return .map(map)
  }
}

extension Token {
  fileprivate var value: Value { [.int(id), .string(text)] }
}
