/// How many tokens a model has read and written for some requests, and how many it takes in all as far as is known.
public struct Workload: Sendable, Hashable {
  public var done: Int
  /// No fewer than are done; it may change, since nobody knows how long a text will be.
  public var expected: Int

  public init(done: Int = 0, expected: Int = 0) {
    self.done = done
    self.expected = max(done, expected)
  }
}
