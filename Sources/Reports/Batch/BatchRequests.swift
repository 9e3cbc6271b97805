public import Exchange
import Values

/// Requests as lines of a batch service.
public struct BatchRequests: Sendable {
  /// What the service calls the model.
  public let model: String
  /// Whether to ask for the next message of a conversation rather than to go on with a text.
  public let isChat: Bool

  public init(model: String, isChat: Bool) {
    self.model = model
    self.isChat = isChat
  }

  /// A request with its line feed.
  public func line(_ request: Request) throws(BatchTrouble) -> [UInt8] {
    let line: OrderedMap = [
      "custom_id": .string(request.contentHash), "method": "POST",
      "url": .string(isChat ? "/v1/chat/completions" : "/v1/completions"), "body": .map(try body(request)),
    ]
    return Array((Value.map(line).json() + "\n").utf8)
  }

  private func body(_ request: Request) throws(BatchTrouble) -> OrderedMap {
    var body: OrderedMap = ["model": .string(model)]
    switch request.ask {
    case .generate(let context, let options):
      if isChat {
        body["messages"] = [["role": "user", "content": .string(context.text)]]
      } else {
        body["prompt"] = .string(context.text)
      }
      body["max_tokens"] = .int(options.maxTokens)
      body["temperature"] = .double(options.temperature)
      if options.isSampled {
        if let share = options.values["top_p"], !share.isNull { body["top_p"] = share }
        body["seed"] = .int(Int(request.contentHash.prefix(7), radix: 16) ?? 0)
      }
      // Services take four; the others are heeded when the answer comes back.
      let stops = options.until.filter { !$0.isEmpty }.prefix(4)
      if !stops.isEmpty { body["stop"] = .list(stops.map { .string($0) }) }
    case .loglikelihood(let context, let continuation):
      if isChat {
        throw BatchTrouble(
          "log-likelihoods cannot be asked in a conversation",
          help: "leave --chat out, or choose tasks that generate")
      }
      body["prompt"] = .string(context.text + continuation)
      body["max_tokens"] = 1
      body["temperature"] = 0
      body["echo"] = true
      body["logprobs"] = 1
    case .loglikelihoodRolling:
      throw BatchTrouble(
        "`loglikelihood_rolling` requests cannot be asked of a batch service: it does not read a text in windows",
        help: "leave those tasks out")
    }
    return body
  }
}

/// A batch service's file could not be written or read.
public struct BatchTrouble: Error, Sendable {
  public let message: String
  public let help: String?

  public init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }
}
