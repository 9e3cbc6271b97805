public import TaskDSL

/// All that is looked at in one go.
public struct TreeContext: Sendable {
  public let index: TaskIndex
  /// The files that are looked at, with those that they include.
  public let files: [FileContext]
  /// Files in the folders that end in `.yml`.
  public let yml: [FileContext]
}
