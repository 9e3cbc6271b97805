public import Datasets
public import Exchange
public import Runs
public import TaskDSL

/// The rows of a task and what they become.
public struct RowsContext: Sendable {
  public let task: TaskContext
  /// All rows of the evaluated split.
  public let rows: Rows
  /// The rows examples come from, where they are of another split.
  public let pool: Rows?
  /// The first documents as they are asked; nil where they cannot be.
  public let plan: PlannedTask?
  public let requests: [Request]
  /// What became of the right answers of these documents; nil where there are none.
  public var selfTest: SelfTestResult?
}
