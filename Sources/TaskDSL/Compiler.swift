public import Datasets
public import Diagnostics
import Exchange
import Metrics
import Values
import YAML

/// From tasks to what a model is asked: bind names, read rows, make requests.
///
/// Synchronous and deterministic; no model and no network.
public struct TaskCompiler: Sendable {
  public var parts: Parts
  public var options: CompileOptions
  public let datasets: DatasetStore

  public init(parts: Parts = Parts(), options: CompileOptions = CompileOptions(), datasets: DatasetStore) {
    self.parts = parts
    self.options = options
    self.datasets = datasets
  }

  /// Nil when any task has an error; the findings of all tasks are there either way.
  public func compile(_ members: [Member], _ findings: inout Findings) -> Plan? {
    var builder = RequestGraphBuilder()
    let leaves = unique(members.flatMap(\.leaves))
    // All tasks are bound before the first row is read, so that every mistake in a file shows at once.
    let bound = leaves.map { leaf -> Bound? in
      if leaf.isClass { return ClassTask(leaf, parts, &findings).map { .type($0) } }
      let task = leaf.bind(parts, &findings)
      if task == nil { leaf.checkSplits(in: datasets, &findings) }
      if let task, task.definition.isUnsafe, !options.allowsUnsafeCode {
        findings.add(.unsafeCode(task.name, at: task.node["unsafe_code"]?.span ?? task.definition.task.span))
        return nil
      }
      return task.map { .task($0) }
    }
    let tasks = bound.map { task -> PlannedTask? in
      switch task {
      case nil: nil
      case .task(let it):
        Expander(task: it, options: options, datasets: datasets).expand(into: &builder, &findings)
      case .type(let it): ClassExpander(task: it, options: options).expand(into: &builder, &findings)
      }
    }
    let groups = members.flatMap { planned($0, &findings) }
    findings.settleBeyondStandard(areErrors: options.areExtensionsErrors)
    guard !findings.hasErrors else { return nil }
    return Plan(
      graph: builder.build(), tasks: tasks.compactMap(\.self), groups: groups, roots: members.map(\.name))
  }

  /// What a task would be run with, known without its rows; nil where its file has mistakes.
  public func outline(of leaf: LeafTask) -> TaskOutline? {
    var said = Findings()
    guard let task = leaf.bind(parts, &said) else { return nil }
    let expander = Expander(task: task, options: options, datasets: datasets)
    let configuration = TaskConfiguration(task: task, options: options, shots: expander.shots)
    return TaskOutline(
      outputType: task.outputType, shots: expander.shots, configuration: configuration.map,
      generation: task.outputType == .generateUntil
        ? task.generation.updated(with: options.generation) : nil)
  }

  private enum Bound {
    case task(BoundTask)
    /// A Python class in its place.
    case type(ClassTask)
  }

  private func unique(_ leaves: [LeafTask]) -> [LeafTask] {
    var seen = Set<String>()
    return leaves.filter { seen.insert($0.name).inserted }
  }

  /// The group and those inside it, each name once.
  private func planned(_ member: Member, _ findings: inout Findings) -> [PlannedGroup] {
    guard case .group(let group) = member, let definition = GroupDefinition.read(group, &findings) else {
      return []
    }
    let own = PlannedGroup(
      name: group.name, alias: definition.alias, definition: definition, children: group.members.map(\.name),
      leaves: member.leaves.map(\.name))
    return [own] + group.members.flatMap { planned($0, &findings) }
  }
}

extension Diagnostic {
  static func unsafeCode(_ task: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "unsafe-code", "the task `\(task)` executes what the model writes", at: span,
      help: "if that is all right on this machine, add --confirm_run_unsafe_code")
  }
}
