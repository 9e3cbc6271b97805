/// One turn of a conversation.
public struct ChatMessage: Sendable, Hashable {
  public enum Role: String, Sendable { case system, user, assistant }

  public var role: Role
  public var content: String

  public init(_ role: Role, _ content: String) {
    self.role = role
    self.content = content
  }
}

/// Turns a conversation into the text that a model was trained to go on from.
public protocol ChatFormat: Sendable {
  /// The template as its author wrote it, for the results file.
  var source: String { get }

  /// The whole conversation as text.
  ///
  /// - Parameter isAnswerOpen: the last message is the start of the model's answer, which is to go on right behind it;
  ///   otherwise the text ends where the answer begins.
  func text(of messages: [ChatMessage], isAnswerOpen: Bool) throws(ChatError) -> String
}

/// Why a conversation could not be put into a model's format.
public struct ChatError: Error, Sendable {
  public let message: String
  public let help: String?

  public init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }
}
