public import Exchange
public import Metrics
public import Runs
public import TaskDSL
public import Values

/// A task with the prompts of some of its rows, for whoever shows them.
public struct TaskPreview: Sendable {
  public let name: String
  /// The groups it was reached through, from the outside in.
  public var groups: [String] = []
  public let file: String
  public let outputType: OutputType
  /// How many examples each prompt holds.
  public let shots: Int
  /// The evaluated split, and how many rows it has; nil where there are no rows.
  public let split: String?
  public let rowCount: Int?
  public let examples: ExampleSource?
  /// How it is answered, where the model writes.
  public let generation: GenerationOptions?
  /// The whole configuration as it would be run.
  public let configuration: OrderedMap
  public let documents: [DocumentPreview]
  /// Why there are no documents, in a line each.
  public let missing: [String]
  /// How many tokens the model reads at once, where that is known.
  public let contextLength: Int?
}

/// One row's prompts.
public struct DocumentPreview: Sendable {
  public let id: Int
  public let row: OrderedMap
  /// What is right: a text, a number of a choice, or several.
  public let target: Value
  /// The number of the right choice, where it is one.
  public let goldChoice: Int?
  public let choices: [String]
  public let contexts: [ContextPreview]
  public let examples: [ExamplePreview]
  public let answers: [AnswerPreview]
}

/// Where an example of a prompt comes from.
public struct ExamplePreview: Sendable {
  /// Its row's number in the pool; nil where a Python class made it.
  public let row: Int?
  /// Whether it is the very row that is asked about.
  public let isEvaluatedRow: Bool
}

/// A text that a model goes on from, and all that is asked about it.
public struct ContextPreview: Sendable {
  public let parts: [PromptPart]
  /// The messages that the chat format made the text of.
  public let conversation: [ChatMessage]
  public let requests: [RequestPreview]

  public var text: String { parts.map(\.text).joined() }
}

/// One request about a context.
public struct RequestPreview: Sendable {
  public let request: Request
  /// What would follow; nil where the model writes or a whole text is scored.
  public let continuation: String?
  /// The number of the choice that it asks about.
  public let choice: Int?
  public let isGold: Bool
  public let tokens: TokenizedRequest?
}

/// A run of a prompt's text and what it is there for.
public struct PromptPart: Sendable {
  public let origin: Piece.Origin
  public let text: String
  /// How many tokens the prompt grows by, where a tokenizer is known.
  public let tokens: Int?

  public init(_ origin: Piece.Origin, _ text: String, tokens: Int? = nil) {
    self.origin = origin
    self.text = text
    self.tokens = tokens
  }
}

/// What filters and metrics make of an answer that somebody gives.
public struct AnswerPreview: Sendable {
  public let given: Value
  /// The number of the choice that it means.
  public let choice: Int?
  public let traces: [AnswerTrace]
  /// Why it is no answer to this task.
  public let trouble: String?
}
