/// What a user may say about how a model is read and run.
public struct LocalModelSettings: Sendable {
  /// The longest input; nil takes it from the model.
  public var maxLength: Int?
  /// Tokens to write where a request gives no number.
  public var maxTokens = 256
  public var addsBos: Bool?
  public var prefixToken: Int?
  /// How many tokens a forward pass takes at most.
  public var batchTokens = 1024
  /// How many bytes may be taken beside the weights; nil takes three quarters of what is free.
  ///
  /// One text is always computed.
  public var maxMemory: Int?
  public var thinking: ThinkingEnd?
  /// Another folder with the tokenizer.
  public var tokenizerFolder: String?

  public var weightType = WeightType.stored

  public init() {}
}

/// The precision of the weights; sums are in single precision whatever it is.
public enum WeightType: Sendable, Hashable {
  /// As they are stored.
  case stored
  /// Rounded to bfloat16, as are the rows that products multiply them by.
  case bfloat16
  /// Eight bits and a scale for each output, and rows are brought to eight bits too; norms are as stored, and tables,
  /// the output layer and attention in bfloat16.
  case int8
}
