/// What a user may say about how a model is read and run.
public struct LocalModelSettings: Sendable {
  /// The longest input; nil takes it from the model.
  public var maxLength: Int?
  /// Tokens to write where a request gives no number.
  public var maxTokens = 256
  public var addsBos: Bool?
  public var prefixToken: Int?
  /// How many tokens a forward pass takes at most.
  public var batchTokens = 2048
  public var thinking: ThinkingEnd?
  /// Another folder with the tokenizer.
  public var tokenizerFolder: String?

  public var weightType = WeightType.stored

  public init() {}
}

/// The precision of the weights; the arithmetic is in single precision whatever it is.
public enum WeightType: Sendable, Hashable {
  /// As they are stored.
  case stored
  /// Rounded to bfloat16 where they are stored in more.
  case bfloat16
}
