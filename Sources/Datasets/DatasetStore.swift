public import Diagnostics

/// Finds and reads data, and keeps what it has read.
public final class DatasetStore: Sendable {
  private let mirrors: [String]
  private let workingDirectory: String

  /// - Parameter mirrors: folders with `<dataset_path>/<dataset_name or "default">/<split>.jsonl`.
  public init(mirrors: [String], workingDirectory: String) {
    self.mirrors = mirrors
    self.workingDirectory = workingDirectory
  }

  /// The rows of a split; nil with findings at the place of the reference or of the split.
  public func rows(_ split: Located<String>, of reference: DatasetReference, _ findings: inout Findings)
    -> Rows?
  {
    nil
  }

  /// The names of the splits there are; nil with findings when the data is not at hand.
  public func splits(of reference: DatasetReference, _ findings: inout Findings) -> [String]? { nil }

  /// Whether the data can be found, without reading it.
  public func isAtHand(_ reference: DatasetReference) -> Bool { false }
}
