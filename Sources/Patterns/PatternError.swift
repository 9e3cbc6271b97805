/// Why a pattern cannot be used, or why matching with it was given up.
public struct PatternError: Error, Hashable {
  /// One line, lower case, no full stop.
  public let message: String
  /// The byte of the pattern (or of the replacement) at which the trouble shows; 0 if it is not in one place.
  public let offset: Int

  public init(_ message: String, at offset: Int = 0) {
    self.message = message
    self.offset = offset
  }
}
