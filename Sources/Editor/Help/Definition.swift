import Diagnostics
import Lint
import TaskDSL
import Values
import YAML

/// A place in a file.
struct FilePlace: Sendable {
  let path: String
  let range: Value

  var location: Value { ["uri": .string(FileURI.uri(path)), "range": range] }

  static let top: Value = [
    "start": ["line": 0, "character": 0], "end": ["line": 0, "character": 0],
  ]
}

extension Workspace {
  /// Where what is named at a place is defined.
  mutating func definition(_ document: OpenDocument, at offset: Int) -> FilePlace? {
    guard document.kind == .task, let tree = OpenDocument.tree(document.text),
      let (node, path) = tree.scalar(at: UInt32(offset)), let text = node.scalar?.text.text
    else { return nil }
    let folder = Paths.folder(of: document.path)
    if node.tag?.value == "!function" { return function(text, folder) }
    if path.contains("include") { return file(Paths.join(folder, text)) }
    if path.contains("data_files") { return file(Paths.join(folder, text)) }
    if tree["group"] != nil, path.last == "task" { return task(named: text) }
    return nil
  }

  private func file(_ path: String) -> FilePlace? {
    Paths.exists(path) ? FilePlace(path: path, range: FilePlace.top) : nil
  }

  private mutating func task(named name: String) -> FilePlace? {
    let index = names()
    guard let entry = index.entries[name] else { return nil }
    let key = entry.kind == .group ? "group" : "task"
    guard let span = entry[key]?.span, let source = index.sources[span.source],
      index.path(of: span.source) == entry.file
    else { return FilePlace(path: entry.file, range: FilePlace.top) }
    return FilePlace(path: entry.file, range: Positions(source.text, encoding).range(span))
  }

  /// The line of a Python file that defines a function or class.
  private func function(_ name: String, _ folder: String) -> FilePlace? {
    let parts = name.split(separator: ".").map(String.init)
    guard let last = parts.last, parts.count > 1 else { return nil }
    let path = Paths.join(folder, parts.dropLast().joined(separator: "/") + ".py")
    guard let text = Paths.text(at: path) else { return nil }
    let positions = Positions(text, encoding)
    for number in 0..<positions.lineCount {
      let line = positions.line(number)
      let code = String(decoding: positions.bytes[line], as: UTF8.self)
      guard let head = code.prefixMatch(of: /(?:(?:async )?def |class )?(\w+)/), head.1 == last else {
        continue
      }
      let start = line.lowerBound + code[..<head.1.startIndex].utf8.count
      return FilePlace(path: path, range: positions.range(start..<start + last.utf8.count))
    }
    return FilePlace(path: path, range: FilePlace.top)
  }
}

extension Node {
  /// The scalar at a byte, with the keys that lead to it.
  fileprivate func scalar(at offset: UInt32) -> (node: Node, path: [String])? {
    switch content {
    case .scalar:
      // The tag before a scalar belongs to it.
      let start = tag?.span.start ?? span.start
      return min(start, span.start) <= offset && offset <= span.end ? (self, []) : nil
    case .sequence(let items):
      return items.lazy.compactMap { $0.scalar(at: offset) }.first
    case .mapping(let entries):
      for entry in entries {
        if let found = entry.value.scalar(at: offset) { return (found.node, [entry.key.value] + found.path) }
      }
      return nil
    }
  }
}
