/// Tells what a model is fed for a request, token by token.
public protocol TokenFormat: Sendable {
  /// How many tokens the model reads at once; nil where that is not known.
  var contextLength: Int? { get }

  /// A request's tokens, as the model would get them if it could read any number.
  func tokens(of ask: Request.Ask) throws(BackendError) -> TokenizedRequest

  /// How many tokens a text has at the start of a prompt.
  func count(_ text: String) throws(BackendError) -> Int
}

/// One token: its number and the text it stands for.
public struct Token: Sendable, Hashable {
  public let id: Int
  public let text: String

  public init(id: Int, text: String) {
    self.id = id
    self.text = text
  }
}

/// A request as tokens.
public struct TokenizedRequest: Sendable, Hashable {
  /// What the model goes on from; nothing where a whole text is scored.
  public var context: [Token]
  /// What is scored; nothing where the model writes.
  public var continuation: [Token]
  /// White space at the end of the context that counts as the start of the continuation.
  public var movedSpace: String
  /// Whether a token reaches over the border, so that the model is fed something else than the two texts' own tokens.
  public var isMerged: Bool

  public init(
    context: [Token] = [], continuation: [Token] = [], movedSpace: String = "", isMerged: Bool = false
  ) {
    self.context = context
    self.continuation = continuation
    self.movedSpace = movedSpace
    self.isMerged = isMerged
  }

  public var count: Int { context.count + continuation.count }
}
