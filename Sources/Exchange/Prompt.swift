import Values

/// A run of text in a prompt, and what it is there for.
public struct Piece: Sendable, Hashable {
  /// Why a piece stands in a prompt; a preview colours by it.
  public enum Origin: Sendable, Hashable {
    case system
    case description
    /// The question of the n-th example, its delimiter included.
    case shotQuestion(Int)
    /// The answer of the n-th example, its delimiter included.
    case shotAnswer(Int)
    case question
    case answerPrefix

    /// The name that listings use; examples are counted from 1.
    public var name: String {
      switch self {
      case .system: "system"
      case .description: "description"
      case .shotQuestion(let shot): "example \(shot + 1) question"
      case .shotAnswer(let shot): "example \(shot + 1) answer"
      case .question: "question"
      case .answerPrefix: "answer prefix"
      }
    }
  }

  public var text: String
  public var origin: Origin

  public init(_ text: String, _ origin: Origin) {
    self.text = text
    self.origin = origin
  }
}

extension Piece {
  public static func == (a: Piece, b: Piece) -> Bool { a.origin == b.origin && sameBytes(a.text, b.text) }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(origin)
    hashBytes(of: text, into: &hasher)
  }
}

/// All pieces of a run's prompts as one tree: a prompt is a path from the root, so what prompts share is stored once.
///
/// Flat arrays; node 0 is the root, the empty prompt, and a parent stands before its children.
public final class PromptTree: Sendable {
  let parents: [Int32]
  let pieces: [Piece?]

  init(parents: [Int32], pieces: [Piece?]) {
    self.parents = parents
    self.pieces = pieces
  }

  public var nodeCount: Int { parents.count }

  /// The node before this one; nil for the root.
  public func parent(of node: Int) -> Int? { parents[node] < 0 ? nil : Int(parents[node]) }

  /// The piece that this node adds to its parent; nil for the root.
  public func piece(at node: Int) -> Piece? { pieces[node] }
}

/// What a model is given to go on from: a path in a tree of pieces, flattened only where a backend needs the text.
public struct Prompt: Sendable {
  public let tree: PromptTree
  /// Prompts of one tree share what the paths to their nodes share.
  public let node: Int

  public init(tree: PromptTree, node: Int) {
    self.tree = tree
    self.node = node
  }

  /// A prompt of one piece in a tree of its own.
  public init(_ text: String) {
    let pieces: [Piece?] = text.isEmpty ? [nil] : [nil, Piece(text, .question)]
    self.init(
      tree: PromptTree(parents: text.isEmpty ? [-1] : [-1, 0], pieces: pieces), node: pieces.count - 1)
  }

  public var pieces: [Piece] {
    var path: [Piece] = []
    var at: Int? = node
    while let node = at {
      if let piece = tree.piece(at: node) { path.append(piece) }
      at = tree.parent(of: node)
    }
    return path.reversed()
  }

  public var text: String {
    var out = ""
    for piece in pieces { out += piece.text }
    return out
  }
}

extension Prompt: Hashable, ExpressibleByStringLiteral {
  /// Prompts are equal when their texts are, byte for byte.
  public static func == (a: Prompt, b: Prompt) -> Bool {
    (a.tree === b.tree && a.node == b.node) || sameBytes(a.text, b.text)
  }

  public func hash(into hasher: inout Hasher) { hashBytes(of: text, into: &hasher) }

  public init(stringLiteral value: String) { self.init(value) }
}
