/// What a backend can take, known before it is asked anything: a model's files need not be read for it.
public struct BackendFit: Sendable {
  /// How long one request is for the model, in tokens.
  public struct Length: Sendable {
    public let prompt: Int
    /// What is written or scored behind the prompt.
    public let answer: Int
    /// How many tokens fit in all.
    public let room: Int

    public init(prompt: Int, answer: Int, room: Int) {
      self.prompt = prompt
      self.answer = answer
      self.room = room
    }

    /// How many tokens there are too many; 0 or less where all fits.
    public var excess: Int { prompt + answer - room }
  }

  /// What the backend is called.
  public let name: String
  public var abilities: Abilities
  /// How many stop strings one request may have; nil where any number will do.
  public var stopLimit: Int?
  /// The length of a request, where the model's own tokenizer is at hand; nil for one that is read in parts.
  public var length: (@Sendable (Request) -> Length?)?

  public init(
    name: String, abilities: Abilities = .all, stopLimit: Int? = nil,
    length: (@Sendable (Request) -> Length?)? = nil
  ) {
    self.name = name
    self.abilities = abilities
    self.stopLimit = stopLimit
    self.length = length
  }
}
