import Lint
import TaskDSL
import Values

/// Completion of what the folders hold: tasks and groups by name, files by path.
extension Workspace {
  /// No list is longer: with one more letter it is another one.
  private static let limit = 200

  /// The tasks, groups and tags that a group may name; nil where no member is named.
  mutating func members(
    _ document: OpenDocument, _ cursor: Cursor, _ positions: Positions
  ) -> Completions? {
    // A member is an item of the list itself, or names what it is under a key of its own.
    let isNamed = [.key("task"), .key("group")].contains(cursor.path.last)
    let list = isNamed ? cursor.path.dropLast() : cursor.path[...]
    guard document.isGroup, list.last == .item, list.dropLast().last == .key("task") else { return nil }
    let typed = cursor.text
    let index = names()
    let fitting = index.entries.keys.filter { $0.contains(typed) || typed.isEmpty }
    // What begins as one has typed comes before what only holds it.
    let sorted = fitting.sorted { a, b in
      let (first, second) = (a.hasPrefix(typed), b.hasPrefix(typed))
      return first != second ? first : a.utf8.lexicographicallyPrecedes(b.utf8)
    }
    let items = sorted.prefix(Self.limit).map { name in
      item(name, kind: 18, cursor.word, positions, detail: index.entries[name].map(Self.words))
    }
    return Completions(items: items, isIncomplete: sorted.count > Self.limit)
  }

  private static func words(_ entry: TaskIndex.Entry) -> String {
    switch entry.kind {
    case .tag: "tag of \(entry.members.count) tasks"
    case .task, .pythonTask: "task in \(Paths.folder(of: entry.file).split(separator: "/").last ?? "")"
    case .group: "group in \(Paths.folder(of: entry.file).split(separator: "/").last ?? "")"
    }
  }

  /// The files and folders that a path may go on to; nil where no path is written.
  func paths(_ document: OpenDocument, _ cursor: Cursor, _ positions: Positions) -> [Value]? {
    let path = cursor.path.filter { $0 != .item }
    let isInclude = path.last == .key("include")
    guard isInclude || path.contains(.key("data_files")) else { return nil }
    let folder = Paths.folder(of: document.path)
    let typed = cursor.text
    let slash = typed.lastIndex(of: "/")
    let start = slash.map { String(typed[...$0]) } ?? ""
    let open = start.isEmpty ? folder : Paths.join(folder, start)
    let visible = Paths.names(in: open).filter { !$0.hasPrefix(".") && !$0.hasPrefix("__") }
    let entries = visible.map { (name: $0, isFolder: Paths.isFolder(Paths.join(open, $0))) }
    let fitting = entries.filter { entry in
      entry.isFolder || !isInclude || entry.name.hasSuffix(".yaml") || entry.name.hasSuffix(".yml")
    }
    return fitting.filter { Paths.join(open, $0.name) != document.path }.prefix(Self.limit).map { entry in
      let whole = start + entry.name + (entry.isFolder ? "/" : "")
      return item(whole, kind: entry.isFolder ? 19 : 17, cursor.word, positions, detail: nil)
    }
  }
}
