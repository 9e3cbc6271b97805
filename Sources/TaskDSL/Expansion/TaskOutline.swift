public import Exchange
public import Metrics
public import Values

/// A task without its rows.
public struct TaskOutline: Sendable {
  public let outputType: OutputType
  /// How many examples each prompt would hold.
  public let shots: Int
  /// The whole configuration as it would be run.
  public let configuration: OrderedMap
  /// How it would be answered, where the model writes.
  public let generation: GenerationOptions?
}
