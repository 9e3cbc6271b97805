public import Schema

/// What documentation says of the keys of task files.
public enum TaskFilePages {
  public static let task = TaskDefinition.keys
  public static let fewshot = FewshotDefinition.schema.keys
  public static let group = GroupDefinition.schema.keys
  public static let groupMetric = GroupDefinition.AggregateMetric.schema.keys
  /// Keys that name Python code.
  public static let python = TaskDefinition.pythonKeys
  /// Keys without any effect.
  public static let idle = TaskDefinition.idleKeys
}
