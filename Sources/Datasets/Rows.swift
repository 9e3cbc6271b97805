public import Values

/// The rows of one split.
///
/// Every row has every column, in the same order; what a record lacks is null.
public struct Rows: Sendable {
  public let columns: [String]
  public let rows: [OrderedMap]
  /// The file they came from, as a message names it; of several the first.
  public let file: String
  /// What stands for exactly these rows as long as their store lives; nil for rows that were made from others.
  public let name: String?

  public init(columns: [String], rows: [OrderedMap], file: String, name: String? = nil) {
    self.columns = columns
    self.rows = rows
    self.file = file
    self.name = name
  }
}
