public import Exchange
import Values

/// A conversation that the server itself puts into its model's format: as JSON, the way the harness hands it on.
public struct MessageList: ChatFormat {
  public init() {}

  public var source: String { "" }

  public func text(of messages: [ChatMessage], isAnswerOpen: Bool) throws(ChatError) -> String {
    Value.list(messages.map { ["role": .string($0.role.rawValue), "content": .string($0.content)] }).json()
  }

  /// The conversation in a prompt; a plain text is what the user says.
  static func messages(in prompt: String) -> [ChatMessage] {
    conversation(in: prompt) ?? [ChatMessage(.user, prompt)]
  }

  /// The conversation in a prompt, if it is one.
  static func conversation(in prompt: String) -> [ChatMessage]? {
    guard prompt.hasPrefix("[{"), let list = (try? Value(json: prompt))?.asList, !list.isEmpty else {
      return nil
    }
    var messages: [ChatMessage] = []
    for entry in list {
      guard let map = entry.asMap, map.count == 2,
        let role = map["role"]?.asString.flatMap(ChatMessage.Role.init),
        let content = map["content"]?.asString
      else { return nil }
      messages.append(ChatMessage(role, content))
    }
    return messages
  }
}

extension [ChatMessage] {
  /// As most servers want them.
  var values: Value {
    .list(map { ["role": .string($0.role.rawValue), "content": .string($0.content)] })
  }
}
