import Crypto
import Values

/// Everything a run asks: the prompts as one tree, and each different request once.
public struct RequestGraph: Sendable {
  public let tree: PromptTree
  /// In the order in which tasks and documents first asked them.
  public let requests: [Request]
}

/// Puts a graph together; equal prompts and equal requests become one.
public struct RequestGraphBuilder: Sendable {
  private struct Edge: Hashable {
    let parent: Int32
    let piece: Piece
  }

  /// A request by what it is made of, so that prompts need not be flattened to be compared.
  private enum Draft: Hashable {
    case loglikelihood(Int, ExactText)
    case rolling(ExactText)
    case generate(Int, GenerationOptions, Int)
  }

  private var parents: [Int32] = [-1]
  private var pieces: [Piece?] = [nil]
  private var children: [Edge: Int32] = [:]
  private var drafts: [Draft] = []
  private var known: [Draft: Int] = [:]

  public init() {}

  /// The node of the prompt that goes on from `node` with these pieces; empty ones add nothing.
  public mutating func node(after node: Int = 0, _ added: some Sequence<Piece>) -> Int {
    var at = Int32(node)
    for piece in added where !piece.text.isEmpty {
      let edge = Edge(parent: at, piece: piece)
      if let child = children[edge] {
        at = child
        continue
      }
      parents.append(at)
      pieces.append(piece)
      at = Int32(parents.count - 1)
      children[edge] = at
    }
    return Int(at)
  }

  /// The number of the request for the likelihood of a text after a prompt.
  public mutating func loglikelihood(_ node: Int, _ continuation: String) -> Int {
    add(.loglikelihood(node, ExactText(continuation)))
  }

  public mutating func loglikelihoodRolling(_ text: String) -> Int { add(.rolling(ExactText(text))) }

  /// Repetitions of a greedy request are the same request.
  public mutating func generate(_ node: Int, _ options: GenerationOptions, repetition: Int) -> Int {
    let repetition = options.isSampled ? repetition : 0
    return add(.generate(node, options, repetition))
  }

  private mutating func add(_ draft: Draft) -> Int {
    if let index = known[draft] { return index }
    known[draft] = drafts.count
    drafts.append(draft)
    return drafts.count - 1
  }

  public func build() -> RequestGraph {
    let tree = PromptTree(parents: parents, pieces: pieces)
    let requests = drafts.map { draft in
      switch draft {
      case .loglikelihood(let node, let continuation):
        Request(.loglikelihood(context: Prompt(tree: tree, node: node), continuation: continuation.text))
      case .rolling(let text): Request(.loglikelihoodRolling(text: text.text))
      case .generate(let node, let options, let repetition):
        Request(.generate(context: Prompt(tree: tree, node: node), options: options), repetition: repetition)
      }
    }
    return RequestGraph(tree: tree, requests: requests)
  }
}

extension Request {
  /// Names the request by its content: SHA-256 of its type, arguments and repetition as JSON.
  public var contentHash: String {
    let content: Value = [.string(type.rawValue), arguments, .int(repetition)]
    return sha256(content.json())
  }
}

/// SHA-256 of a text's UTF-8 bytes, in hexadecimal.
public func sha256(_ text: String) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var hex: [UInt8] = []
  var hasher = SHA256()
  var text = text
  text.withUTF8 { hasher.update(bufferPointer: UnsafeRawBufferPointer($0)) }
  for byte in hasher.finalize() { hex += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
  return String(decoding: hex, as: UTF8.self)
}

/// The names of a graph and of its requests by their content, made once: every prompt is read for them.
public struct RequestHashes: Sendable {
  /// SHA-256 of each request, in order.
  public let each: [String]
  /// SHA-256 over all of them.
  public let whole: String

  public init(_ graph: RequestGraph) {
    each = graph.requests.map(\.contentHash)
    whole = sha256(each.joined())
  }
}

extension RequestGraph {

  /// The graph with its sharing kept: one JSON object a line, first the pieces with their parents, then the requests.
  public var lines: [String] {
    let nodes = (1..<max(1, tree.nodeCount)).map { node -> Value in
      let piece = tree.piece(at: node)
      return [
        "node": .int(node), "parent": .int(tree.parent(of: node) ?? 0),
        "origin": .string(piece?.origin.name ?? ""), "text": .string(piece?.text ?? ""),
      ]
    }
    return (nodes + requests.enumerated().map { $1.line($0) }).map { $0.json() }
  }
}

extension Request {
  fileprivate func line(_ index: Int) -> Value {
    var line: OrderedMap = ["request": .int(index), "request_type": .string(type.rawValue)]
    switch ask {
    case .loglikelihood(let context, let continuation):
      line["context"] = .int(context.node)
      line["continuation"] = .string(continuation)
    case .loglikelihoodRolling(let text): line["text"] = .string(text)
    case .generate(let context, let options):
      line["context"] = .int(context.node)
      line["options"] = .map(options.values)
    }
    if repetition > 0 { line["repetition"] = .int(repetition) }
    line["hash"] = .string(contentHash)
    return .map(line)
  }
}
