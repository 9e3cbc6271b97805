public import Values

/// A request as a Python class makes it.
public struct ForeignRequest: Sendable {
  /// Its number among those of its document.
  public let number: Int
  public let type: RequestType
  /// Texts, and a mapping where something is to be written.
  public let arguments: [Value]
  /// How often it is sent.
  public let repeats: Int
}

/// A document of a Python class, with what is asked about it.
public struct ForeignDocument: Sendable {
  /// Its place among those that are taken.
  public let number: Int
  /// Most often a mapping.
  public let document: Value
  /// What the class holds for right; null where it has nothing to say.
  public let target: Value
  public let requests: [ForeignRequest]
}

extension ForeignTask {
  /// Which documents are wanted and how they are shown to a model.
  public struct Portion: Sendable {
    public var limit: Int?
    public var samples: [Int]?
    public var systemInstruction: String?
    public var chat: (any ChatFormat)?
    public var isMultiturn: Bool

    public init(
      limit: Int?, samples: [Int]?, systemInstruction: String?, chat: (any ChatFormat)?, isMultiturn: Bool
    ) {
      self.limit = limit
      self.samples = samples
      self.systemInstruction = systemInstruction
      self.chat = chat
      self.isMultiturn = isMultiturn
    }
  }

  /// What the class asks.
  public struct Questions: Sendable {
    public let documents: [ForeignDocument]
    /// Its settings as it was run, for the results file.
    public let configuration: OrderedMap
    public let version: Value
    public let outputType: String?
  }

  public func questions(_ portion: Portion) throws(ForeignError) -> Questions {
    let chat = portion.chat
    let answer = try call(
      .buildRequests,
      [
        "limit": portion.limit.map { .int($0) } ?? .null,
        "samples": portion.samples.map { .list($0.map { .int($0) }) } ?? .null,
        "system": portion.systemInstruction.map { .string($0) } ?? .null,
        "chat": .bool(chat != nil), "multiturn": .bool(chat != nil && portion.isMultiturn),
      ],
      callback: { name, parameters in
        guard name == "chat.text", let chat else { return nil }
        return .string(try Self.text(parameters, chat))
      })
    var documents: [ForeignDocument] = []
    for item in answer["documents"]?.asList ?? [] { documents.append(try document(item.asMap ?? [:])) }
    return Questions(
      documents: documents, configuration: answer["configuration"]?.asMap ?? [:],
      version: answer["version"] ?? .null, outputType: answer["output_type"]?.asString)
  }

  private func document(_ map: OrderedMap) throws(ForeignError) -> ForeignDocument {
    guard let number = map["number"]?.asInt else { throw unusable }
    var requests: [ForeignRequest] = []
    for item in map["requests"]?.asList ?? [] {
      guard let parts = item.asList, parts.count == 4, let number = parts[0].asInt,
        let type = parts[1].asString.flatMap(RequestType.init(rawValue:)), let arguments = parts[2].asList,
        let repeats = parts[3].asInt
      else { throw unusable }
      requests.append(ForeignRequest(number: number, type: type, arguments: arguments, repeats: repeats))
    }
    return ForeignDocument(
      number: number, document: map["doc"] ?? .null, target: map["target"] ?? .null, requests: requests)
  }

  /// A conversation in a model's format; one that takes no system message is tried without, as the harness does.
  private static func text(_ parameters: OrderedMap, _ chat: any ChatFormat) throws -> String {
    let messages = (parameters["messages"]?.asList ?? []).map { message in
      ChatMessage(
        ChatMessage.Role(rawValue: message.asMap?["role"]?.text ?? "") ?? .user,
        message.asMap?["content"]?.text ?? "")
    }
    let isOpen = parameters["open"]?.isTruthy ?? false
    do throws(ChatError) { return try chat.text(of: messages, isAnswerOpen: isOpen) } catch {
      let others = messages.filter { $0.role != .system }
      if others.count < messages.count, let text = try? chat.text(of: others, isAnswerOpen: isOpen) {
        return text
      }
      throw ForeignError(.raised, error.message, help: error.help)
    }
  }
}
