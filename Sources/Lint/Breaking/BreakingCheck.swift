public import Datasets
import Diagnostics
public import TaskDSL
import Values
import YAML

/// Compares two versions of task files by what they compile to.
public struct BreakingCheck {
  /// One version.
  public struct Side {
    /// The folder that paths start from; empty for the working folder.
    public var top: String
    /// Files and folders below it.
    public var paths: [String]
    /// Further folders whose names may be used.
    public var roots: [String]
    public var datasets: DatasetStore
    /// Folders that do not count, such as the one that holds the other version.
    public var excluded: [String] = []

    public init(top: String, paths: [String], roots: [String], datasets: DatasetStore) {
      self.top = top
      self.paths = paths
      self.roots = roots
      self.datasets = datasets
    }
  }

  private let old, new: Side
  private var parts: Parts
  /// What the old version is called, for places in it.
  private let oldName: String
  public var rowCount = 20

  public init(old: Side, named oldName: String, new: Side, parts: Parts = Parts()) {
    self.old = old
    self.oldName = oldName
    self.new = new
    self.parts = parts
    // No code of a task's author runs to find out what has changed.
    self.parts.functions = .noted
  }

  public func run() -> BreakingReport {
    var before = Version(old)
    var after = Version(new)
    var report = BreakingReport()
    var gone: [String] = []
    var fresh: [String] = []
    for name in Set(before.names + after.names).sorted() {
      switch (before.isThere(name), after.isThere(name)) {
      case (true, true): compare(name, &before, &after, &report)
      case (true, false): gone.append(name)
      default: fresh.append(name)
      }
    }
    match(gone, fresh, &before, &after, &report)
    report.entries.sort { $0.name < $1.name }
    report.sources = after.index.sources
    report.findings += after.doubled
    tellRemoved(&report, before)
    report.findings.sort { a, b in
      let names = (report.sources[a.span.source]?.name ?? "", report.sources[b.span.source]?.name ?? "")
      return (names.0, a.span.start, a.code.name) < (names.1, b.span.start, b.code.name)
    }
    return report
  }

  // MARK: - A name that both have

  private func compare(
    _ name: String, _ before: inout Version, _ after: inout Version, _ report: inout BreakingReport
  ) {
    guard let a = before.member(name), let b = after.member(name) else { return }
    switch (a, b) {
    case (.task(let old), .task(let new)): compare(old, new, named: name, after.file(of: name), &report)
    case (.group(let old), .group(let new)):
      compare(old, new, after.file(of: name), &report)
      compareMembers(of: old, new, before, after, &report)
    default:
      let place = b.node["task"]?.span ?? b.node.span
      report.findings.append(
        .error("members-changed", "`\(name)` is a \(b.kind) now, and was a \(a.kind)", at: place))
      report.entries.append(
        BreakingReport.Entry(
          name: name, isGroup: b.kind == "group", file: after.file(of: name), state: .changed))
    }
  }

  private func compare(
    _ old: LeafTask, _ new: LeafTask, named name: String, _ file: String, _ report: inout BreakingReport
  ) {
    let outcome = TaskComparison(
      old: old, new: new, oldDatasets: self.old.datasets, newDatasets: self.new.datasets, parts: parts,
      rowCount: rowCount
    ).outcome
    var entry = BreakingReport.Entry(name: name, isGroup: false, file: file, state: .unchanged)
    entry.oldVersion = old.node.version
    entry.version = new.node.version
    entry.basis = outcome.basis
    if !outcome.mistakes.isEmpty {
      entry.state = .broken
      report.findings += outcome.mistakes
    } else if !outcome.changes.isEmpty {
      entry.state = .changed
      entry.aspects = outcome.changes.map(\.code.name).unique
      for change in outcome.changes { report.findings.append(finding(change, in: new.node, entry)) }
    }
    report.entries.append(entry)
  }

  private func finding(_ change: Change, in node: Node, _ entry: BreakingReport.Entry) -> Diagnostic {
    let place = node[change.key]?.span ?? (node["task"] ?? node["group"])?.span ?? node.span
    let version = entry.version.map { "`metadata.version` is \($0)" } ?? "there is no `metadata.version`"
    var finding = Diagnostic(
      change.code, entry.isVersionMoved ? .note : .error, "\(entry.name): \(change.message)", at: place,
      help: entry.isVersionMoved
        ? nil : "\(version), as before: give another, so that nobody compares scores of the two")
    if !entry.isVersionMoved, let version = node["metadata"]?["version"] {
      finding.labels = [Diagnostic.Label("the same as before", at: version.span)]
    }
    finding.note = change.note
    return finding
  }

  // MARK: - Groups

  private func compare(
    _ old: LoadedGroup, _ new: LoadedGroup, _ file: String, _ report: inout BreakingReport
  ) {
    var entry = BreakingReport.Entry(name: new.name, isGroup: true, file: file, state: .unchanged)
    entry.oldVersion = old.node.version
    entry.version = new.node.version
    var changes: [Change] = []
    let (before, after) = (Set(old.members.map(\.name)), Set(new.members.map(\.name)))
    if before != after {
      let (less, more) = (before.subtracting(after).sorted(), after.subtracting(before).sorted())
      changes.append(
        Change(
          "members-changed", "the members of the group changed", key: "task",
          before: less.isEmpty ? nil : less.joined(separator: ", "),
          after: more.isEmpty ? nil : more.joined(separator: ", ")))
    }
    let numbers = (
      old.node["aggregate_metric_list"]?.value ?? .null, new.node["aggregate_metric_list"]?.value ?? .null
    )
    if numbers.0 != numbers.1 {
      let (a, b) = Change.shown(numbers.0.repr, numbers.1.repr)
      changes.append(
        Change(
          "metrics-changed", "the numbers of the group changed", key: "aggregate_metric_list", before: a,
          after: b))
    }
    if !changes.isEmpty {
      entry.state = .changed
      entry.aspects = changes.map(\.code.name).unique
      for change in changes { report.findings.append(finding(change, in: new.node, entry)) }
    }
    report.entries.append(entry)
  }

  /// Tasks that a group defines or changes are compared as they are in it.
  private func compareMembers(
    of old: LoadedGroup, _ new: LoadedGroup, _ before: Version, _ after: Version,
    _ report: inout BreakingReport
  ) {
    let earlier = Member.group(old).leaves
    for leaf in Member.group(new).leaves {
      guard let was = earlier.first(where: { $0.name == leaf.name }) else { continue }
      let isOwn = after.index.entries[leaf.name]?.node?.value == leaf.node.value
      let wasOwn = before.index.entries[leaf.name]?.node?.value == was.node.value
      if isOwn, wasOwn { continue }
      compare(was, leaf, named: "\(new.name) › \(leaf.name)", after.file(of: new.name), &report)
    }
  }

  // MARK: - Names that only one has

  /// A task that is the same under another name was renamed.
  private func match(
    _ gone: [String], _ fresh: [String], _ before: inout Version, _ after: inout Version,
    _ report: inout BreakingReport
  ) {
    var left = gone
    for name in fresh {
      guard let member = after.member(name) else { continue }
      var entry = BreakingReport.Entry(
        name: name, isGroup: member.kind == "group", file: after.file(of: name), state: .added)
      entry.version = member.node.version
      let place = (member.node[member.kind] ?? member.node["task"])?.span ?? member.node.span
      let old = left.first { before.member($0).map { $0.node.essence == member.node.essence } ?? false }
      if let old {
        left.removeAll { $0 == old }
        entry.state = .renamed
        entry.oldName = old
        entry.oldVersion = before.member(old)?.node.version
        report.findings.append(
          .warning(
            "task-renamed", "the \(member.kind) `\(old)` is called `\(name)` now", at: place,
            help: "who runs it by its old name will not find it; a group of that name would keep it"))
      } else {
        report.findings.append(
          Diagnostic("task-added", .note, "the \(member.kind) `\(name)` is new", at: place))
      }
      report.entries.append(entry)
    }
    for name in left {
      guard let member = before.member(name) else { continue }
      var entry = BreakingReport.Entry(
        name: name, isGroup: member.kind == "group", file: before.file(of: name), state: .removed)
      entry.oldVersion = member.node.version
      report.entries.append(entry)
    }
  }

  /// What is gone has a place in the old files only.
  private func tellRemoved(_ report: inout BreakingReport, _ before: Version) {
    for entry in report.entries where entry.state == .removed {
      let kind = entry.isGroup ? "group" : "task"
      guard let node = before.index.entries[entry.name]?.node else { continue }
      let place = (node[kind] ?? node["task"])?.span ?? node.span
      let text = before.index.sources[place.source]?.text ?? ""
      let source = report.sources.add(name: "\(oldName):\(entry.file)", text: text)
      report.findings.append(
        .warning(
          "task-removed", "the \(kind) `\(entry.name)` is gone",
          at: SourceSpan(source: source.id, start: place.start, end: place.end)))
    }
  }
}

/// The tasks of one side.
private struct Version {
  private(set) var index = TaskIndex()
  /// The tasks and groups that lie below the paths.
  private(set) var names: [String] = []
  private let top: String
  private let wanted: [String]
  private var known: [String: Member?] = [:]

  init(_ side: BreakingCheck.Side) {
    top = side.top
    let paths = side.paths.map { Paths.join(side.top, $0) }
    for root in side.roots { index.add(root: root) }
    var wanted: [String] = []
    for path in paths {
      let folder = Paths.isFolder(path) ? path : Paths.folder(of: path)
      wanted.append(Paths.normal(path))
      if Paths.isFolder(folder), !index.folders.contains(folder) {
        index.add(root: folder, without: side.excluded)
      }
    }
    self.wanted = wanted
    names = index.entries.values.filter { entry in
      entry.kind != .tag && wanted.contains { Paths.lies(entry.file, below: $0) }
    }.map(\.name).sorted()
  }

  /// What is said of names that several files have: only one of them is compared.
  var doubled: [Diagnostic] {
    index.findings.all.filter { finding in
      guard finding.code == "duplicate-name", let path = index.path(of: finding.span.source) else {
        return false
      }
      return wanted.contains { Paths.lies(path, below: $0) }
    }
  }

  func isThere(_ name: String) -> Bool { names.contains(name) }

  /// The file as seen from the top.
  func file(of name: String) -> String {
    let path = index.entries[name]?.file ?? ""
    return !top.isEmpty && path.hasPrefix(top + "/") ? String(path.dropFirst(top.utf8.count + 1)) : path
  }

  mutating func member(_ name: String) -> Member? {
    if let member = known[name] { return member }
    var unused = Findings()
    let member = index.select([name], &unused).first
    known[name] = .some(member)
    return member
  }
}

extension Member {
  fileprivate var node: Node {
    switch self {
    case .task(let leaf): leaf.node
    case .group(let group): group.node
    }
  }

  fileprivate var kind: String {
    switch self {
    case .task: "task"
    case .group: "group"
    }
  }
}

extension Node {
  /// `metadata.version` as it is written.
  fileprivate var version: String? {
    guard let version = self["metadata"]?["version"], !version.isNull else { return nil }
    return version.value.repr
  }

  /// All but its names and notes.
  fileprivate var essence: OrderedMap {
    var map = value.asMap ?? [:]
    for key in ["task_alias", "group", "group_alias", "metadata", "tag"] { map[.string(key)] = nil }
    if self["group"] == nil { map["task"] = nil }
    return map
  }
}

extension [String] {
  /// Each once, in their order.
  fileprivate var unique: [String] {
    var seen = Set<String>()
    return filter { seen.insert($0).inserted }
  }
}
