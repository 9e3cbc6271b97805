public import Values

/// The rows of one split.
///
/// Every row has every column, in the same order; what a record lacks is null.
public struct Rows: Sendable {
  public let columns: [String]
  public let rows: [OrderedMap]
  /// The file they came from, as a message names it; of several the first.
  public let file: String

  public init(columns: [String], rows: [OrderedMap], file: String) {
    self.columns = columns
    self.rows = rows
    self.file = file
  }
}
