public import Exchange
public import TaskDSL

/// A task and the model that is to answer it.
public struct ModelContext: Sendable {
  public let task: TaskContext
  public let bound: BoundTask
  /// The documents as they are asked; nil where rows are not at hand.
  public let plan: PlannedTask?
  public let requests: [Request]
  public let model: BackendFit
}
