/// How much memory may be taken beside the weights, and what is therefore computed at once.
struct MemoryPlan: Sendable {
  /// In bytes.
  let budget: Int
  /// How many tokens a forward pass takes at most.
  let batchTokens: Int

  /// Fewer rows hardly take less memory.
  private static let fewestRows = 8

  /// How many rows beside the keys and values of the longest sequence, which are always there, so many more of which the
  /// rows take.
  func rows(longest: Int, _ shape: Shape) -> Int {
    let place = KeyValueCache.bytes(shape)
    let free = (budget - longest * place) / (Run.bytes(shape) + place)
    return min(batchTokens, max(Self.fewestRows, free))
  }

  /// What the writing of texts may take.
  struct Room: Sendable, Hashable {
    /// How many tokens are computed at once.
    var rows: Int
    /// How many tokens' keys and values are kept.
    var places: Int
    /// How many texts are written at once.
    var texts: Int
  }

  /// - Parameters:
  ///   - largest: the most tokens that a text has with its prompt, which always have their places.
  ///   - all: those of all texts.
  ///   - texts: how many there may be at once.
  func room(largest: Int, all: Int, texts: Int, keepsLogits: Bool, _ shape: Shape) -> Room {
    let place = KeyValueCache.bytes(shape)
    let logits = keepsLogits ? shape.vocabulary * 4 : 0
    // Places are worth more than rows and logits, since texts that wait for places leave the others alone with the
    // weights' way through memory.
    let spare = min(budget / 8, budget - least(largest, shape))
    let texts = min(texts, max(1, spare / max(1, logits)))
    let left = budget - texts * logits
    let free = min(left / 4, left - largest * place) / Run.bytes(shape)
    let rows = min(batchTokens, max(Self.fewestRows, free))
    let places = max(largest, min(all, (left - rows * Run.bytes(shape)) / place))
    return Room(rows: min(rows, places), places: places, texts: min(texts, rows, places))
  }

  /// Bytes that a sequence of so many tokens takes at least.
  func least(_ tokens: Int, _ shape: Shape) -> Int {
    (tokens + Self.fewestRows) * KeyValueCache.bytes(shape) + Self.fewestRows * Run.bytes(shape)
  }
}
