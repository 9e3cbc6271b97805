public import Values

/// Where a task's examples come from and how they are chosen.
public struct ExampleSource: Sendable {
  /// How examples are chosen.
  public enum Way: Sendable, Hashable {
    /// Drawn anew for each document, from this seed.
    case random(seed: Int)
    /// The first ones, always the same.
    case first
    /// As a Python class of this name has it.
    case function(String)
  }

  /// The split they are rows of; nil where the task lists them itself.
  public let split: String?
  public let way: Way
  /// The rows that the documents' numbers mean; what a Python class chose, where one does.
  public let rows: [OrderedMap]
  /// All rows that there are to choose from.
  public let pool: [OrderedMap]
  /// Whether the evaluated document is left out where it would be drawn.
  public let isExcluding: Bool
}

extension ExampleSource {
  /// The number of a chosen row in the pool; nil for one that is not in it, as a Python class may make it.
  public func number(of chosen: Int) -> Int? {
    guard case .function = way else { return chosen }
    return rows.indices.contains(chosen) ? pool.firstIndex(of: rows[chosen]) : nil
  }
}
