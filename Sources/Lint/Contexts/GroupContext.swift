public import Diagnostics
public import TaskDSL
public import YAML

/// One group with its members.
public struct GroupContext: Sendable {
  public let group: LoadedGroup
  public let index: TaskIndex

  public var node: Node { group.node }
  public var name: String { group.name }
  public var place: SourceSpan { group.node["group"]?.span ?? group.node.span }

  /// The tasks at the leaves.
  public var leaves: [LeafTask] { Member.group(group).leaves }
}
