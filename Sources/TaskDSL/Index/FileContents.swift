public import Diagnostics
import Schema
import Values
public import YAML

/// What one file defines, looked at by itself, whether or not the index knows its name.
public struct FileContents: Sendable {
  public enum Role: Sendable {
    case task(LeafTask)
    case group(LoadedGroup)
    /// A task that is a Python class.
    case python
    /// A file without a name, for others to include, as the task that it would be.
    case base(LeafTask)
    /// A file that cannot be used as it is; the findings say why.
    case broken
  }

  public let path: String
  public let role: Role
}

extension TaskIndex {
  /// Looks at one file with its includes, and with the members of a group.
  public mutating func contents(of path: String, _ findings: inout Findings) -> FileContents {
    let path = Paths.normal(path)
    let loaded = loader.load(path)
    findings.add(contentsOf: loaded.findings)
    return FileContents(path: path, role: role(loaded.mapping?.node, path, &findings))
  }

  private mutating func role(_ node: Node?, _ path: String, _ findings: inout Findings) -> FileContents.Role {
    guard let node else { return .broken }
    if let type = node["class"] {
      if type.tag == nil, !type.isNull {
        findings.add(.wrongType(type, expected: "`!function module.Class` for `class`"))
      }
      return .python
    }
    if let group = node["group"] {
      guard let name = group.text else {
        findings.add(.badName(group, .group))
        return .broken
      }
      return .group(load(group: name.text, node, path, [], [name.text], &findings))
    }
    guard let task = node["task"], task.tag != nil || !task.isNull else {
      return .base(
        LeafTask(
          name: "base", node: node.forTask([Self.nameOfBase(node.span)]), file: path, isInline: false,
          paths: loader.paths(of: node)))
    }
    guard let name = task.text else {
      findings.add(.badName(task, .task))
      return .broken
    }
    if let tag = node["tag"] { findings.add(contentsOf: tag.troubleAsTag) }
    return .task(
      LeafTask(
        name: name.text, node: node.forTask([]), file: path, isInline: false, paths: loader.paths(of: node)))
  }

  /// What stands for the name that a base has not.
  private static func nameOfBase(_ span: SourceSpan) -> Node.Entry {
    let place = SourceSpan(source: span.source, start: span.start, end: span.start)
    let text = EmbeddedText("base", at: place)
    return Node.Entry(
      key: Located("task", at: place), keyValue: "task",
      value: Node(.scalar(Scalar(text, style: .plain, value: "base")), at: place))
  }

  /// Takes a text in the place of what a file holds on disk; to be given before the file is read.
  public mutating func overlay(_ path: String, with text: String) {
    loader.overlay[Paths.normal(path)] = text
  }

  /// A file's own mapping, before its includes.
  public func tree(of source: SourceID) -> Node? { loader.tree(of: source) }

  /// The path of the file that a source was read from; nil for a text of another kind.
  public func path(of source: SourceID) -> String? {
    loader.path(of: SourceSpan(source: source, start: 0, end: 0))
  }

  /// Every file that was read, with the number of its text.
  public var readFiles: [(source: SourceID, path: String)] {
    loader.readFiles.sorted { $0.source.index < $1.source.index }
  }
}
