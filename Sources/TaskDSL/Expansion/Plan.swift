public import Exchange
public import Filters
public import Metrics
public import Values

/// All that a run needs to ask and to score: the requests, and for each task what its answers mean.
public struct Plan: Sendable {
  public let graph: RequestGraph
  /// In the order in which they were asked for; each name once.
  public let tasks: [PlannedTask]
  /// The groups asked for, from the outside in.
  public let groups: [PlannedGroup]
  /// The names at the top, in the order in which they were asked for.
  public let roots: [String]
}

extension Plan {
  /// The requests as lines of JSON; for many see `writeRequests`.
  public var requestLines: [String] {
    var bytes: [UInt8] = []
    _ = writeRequests { bytes += $0 }
    return bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }
}

/// A task with its documents turned into requests.
public struct PlannedTask: Sendable {
  public let name: String
  public let alias: String?
  public let file: String
  public let outputType: OutputType
  /// How many examples each prompt holds.
  public let shots: Int
  public let repeats: Int
  public private(set) var pipelines: [FilterPipeline]
  public let metrics: [MetricUse]
  /// What scores a document in the place of the metrics, which then only put its numbers together.
  public let results: ForeignFunction?
  /// Whether a Python class made it, and has filters and scores of its own in the place of pipelines and metrics.
  public let isClass: Bool
  /// The object of that class; nil where nothing is scored.
  public let object: ForeignTask?
  public private(set) var documents: [PlannedDocument]
  /// How many documents the evaluated split has, before any limit.
  public let originalCount: Int
  public let metadata: OrderedMap
  /// The whole configuration as it was run, for the results file.
  public let configuration: OrderedMap
  /// Whether several answers are right for each document.
  public let hasManyTargets: Bool
  /// Whether each choice is a context and the answer a common continuation.
  public let hasManyInputs: Bool
  /// The keys by which it adds images or sounds to its prompts.
  public let mediaKeys: [String]
  /// The split whose rows are evaluated.
  public let split: String
  /// Where its examples come from; nil where it has none.
  public let examples: ExampleSource?

  /// The task with one document only and one pipeline, whose requests are numbered from 0.
  package func only(_ document: PlannedDocument, _ pipeline: FilterPipeline) -> PlannedTask {
    var next = 0
    let requests = document.requests.map { repeats in
      defer { next += repeats.count }
      return Array(next..<(next + repeats.count))
    }
    var copy = self
    copy.pipelines = [pipeline]
    copy.documents = [document.asking(requests)]
    return copy
  }
}

extension PlannedTask {
  /// The same task over other documents.
  package func with(_ documents: [PlannedDocument]) -> PlannedTask {
    var copy = self
    copy.documents = documents
    return copy
  }
}

/// A document with the requests that its score needs.
public struct PlannedDocument: Sendable {
  /// Its place in the evaluated split.
  public let id: Int
  public let row: OrderedMap
  /// What `doc_to_text` gives: a text, or the number of the right context.
  public let question: Value
  /// What `doc_to_target` gives.
  public let target: Value
  public let choices: [String]?
  /// For each request its number in the graph, once for each repeat.
  public let requests: [[Int]]
  /// Its examples, as numbers of the task's `examples.rows`.
  public let examples: [Int]
  /// For each of its contexts the messages that became its text; empty unless they were to be kept.
  public let conversations: [[ChatMessage]]
  /// What a Python class has for a document that is no row.
  private let other: Value?
  /// What a Python class numbers its requests by; nil where they are counted.
  private let numbers: [Int]?

  init(
    id: Int, row: OrderedMap, question: Value, target: Value, choices: [String]?, requests: [[Int]],
    examples: [Int] = [], conversations: [[ChatMessage]] = [], other: Value? = nil, numbers: [Int]? = nil
  ) {
    self.id = id
    self.row = row
    self.question = question
    self.target = target
    self.choices = choices
    self.requests = requests
    self.examples = examples
    self.conversations = conversations
    self.other = other
    self.numbers = numbers
  }

  /// The document as it is shown: its row, or whatever a Python class has in its place.
  public var whole: Value { other ?? .map(row) }

  /// The number of its n-th request among all of the document.
  func number(of request: Int) -> Int { numbers?[request] ?? request }

  /// The same document with its requests numbered anew.
  package func asking(_ requests: [[Int]]) -> PlannedDocument {
    PlannedDocument(
      id: id, row: row, question: question, target: target, choices: choices, requests: requests,
      examples: examples, conversations: conversations, other: other, numbers: numbers)
  }
}

/// A group and what its numbers are made of.
public struct PlannedGroup: Sendable {
  public let name: String
  public let alias: String?
  public let definition: GroupDefinition
  /// Names of the tasks and groups directly in it.
  public let children: [String]
  /// Names of the tasks at its leaves, as often as they occur.
  public let leaves: [String]
}
