public import Diagnostics
import Glibc
public import YAML

/// A task with everything that groups and references lay over it.
public struct LeafTask: Sendable {
  public let name: String
  /// The whole mapping: file, includes and overrides.
  public let node: Node
  /// The file that defines it, or the one of the group for an inline member.
  public let file: String
  /// Whether it was named by its path or written inside a group.
  public let isInline: Bool
  /// Whether it is what its own file makes it, with nothing laid over it by a group or reference.
  var isAsInFile = false
  /// The files that its values stand in.
  package let paths: FilePaths
}

/// A group and what it holds.
public struct LoadedGroup: Sendable {
  public let name: String
  /// The group's own mapping.
  public let node: Node
  public let file: String
  public let members: [Member]
}

/// One thing to evaluate.
public indirect enum Member: Sendable {
  case task(LeafTask)
  case group(LoadedGroup)

  public var name: String {
    switch self {
    case .task(let it): it.name
    case .group(let it): it.name
    }
  }

  /// The tasks at its leaves, in the order of the files.
  public var leaves: [LeafTask] {
    switch self {
    case .task(let it): [it]
    case .group(let it): it.members.flatMap(\.leaves)
    }
  }
}

extension TaskIndex {
  /// Turns what the user named (names, globs, files, folders) into tasks and groups.
  ///
  /// A task reached by several names is taken once; reached with different settings it is an error.
  public mutating func select(_ items: [String], _ findings: inout Findings) -> [Member] {
    let line = loader.add(name: "--tasks", text: items.joined(separator: ","))
    var members: [Member] = []
    var owners: [String: String] = [:]
    var offset: UInt32 = 0
    for item in items {
      let span = SourceSpan(source: line.id, start: offset, end: offset + UInt32(item.utf8.count))
      offset = span.end + 1
      let selected = select(Located(item, at: span), isOnly: items.count == 1, &findings)
      noteRepetitions(in: selected, &owners, at: span, &findings)
      members += selected
    }
    return distinct(members, &findings)
  }

  private mutating func select(_ item: Located<String>, isOnly: Bool, _ findings: inout Findings) -> [Member]
  {
    let isPattern = item.value.contains { "*?[".contains($0) }
    let matched =
      isPattern
      ? names.filter { fnmatch(item.value, $0, FNM_NOESCAPE) == 0 }
      : entries[item.value].map { [$0.name] } ?? []
    if !matched.isEmpty { return matched.flatMap { members(named: $0, [], [], &findings) } }
    if item.value.hasSuffix(".yaml") { return [item.value].flatMap { file($0, item.span, &findings) } }
    if Files.isFolder(item.value) {
      return Files.yamlFiles(in: item.value).flatMap { file($0, item.span, &findings) }
    }
    findings.add(.unknownTask(item, self))
    return []
  }

  /// A file named on the command line, which need not be in the index.
  private mutating func file(_ path: String, _ span: SourceSpan, _ findings: inout Findings) -> [Member] {
    if case .failure(let trouble) = Files.text(at: path) {
      findings.add(.unreadable(path, span, trouble))
      return []
    }
    let loaded = loader.load(Paths.normal(path))
    findings.add(contentsOf: loaded.findings)
    guard let node = loaded.mapping?.node else { return [] }
    if let group = node["group"] {
      findings.add(
        .beyondStandard(
          "`\(path)` is a group that is named by its path", at: span,
          others: "the harness takes every file for a task's, and stops; name the group, and its folder with "
            + "--include_path"))
      guard let name = group.text else {
        findings.add(.error("wrong-type", "the name of a group is text, found \(group.kind)", at: group.span))
        return []
      }
      return [.group(load(group: name.text, node, loaded.path, [], [name.text], &findings))]
    }
    guard let name = node["task"]?.text else {
      findings.add(
        .error(
          "not-a-task", "`\(path)` has neither `task` nor `group`", at: span,
          help: "a base is only included by others"))
      return []
    }
    return [
      .task(
        LeafTask(
          name: name.text, node: node.forTask([]), file: loaded.path, isInline: true,
          paths: loader.paths(of: node)))
    ]
  }

  // MARK: - Groups

  /// - Parameter path: the groups on the way here, to find a group that holds itself.
  private mutating func members(
    named name: String, _ overrides: [Node.Entry], _ path: [String], _ findings: inout Findings
  ) -> [Member] {
    guard let entry = entries[name] else { return [] }
    findings.add(contentsOf: loader.findings(of: entry.file).beyondStandard)
    switch entry.kind {
    case .tag: return entry.members.sorted().flatMap { members(named: $0, overrides, path, &findings) }
    case .group:
      guard let node = entry.node else { return [] }
      guard !path.contains(name) else {
        findings.add(
          .error("group-cycle", "the group `\(name)` holds itself", at: node["group"]?.span ?? node.span))
        return []
      }
      return [.group(load(group: name, node, entry.file, overrides, path + [name], &findings))]
    case .task, .pythonTask:
      guard let mapping = entry.mapping else { return [] }
      let task: (node: Node, paths: FilePaths)
      if overrides.isEmpty {
        task = mapping.task { loader.paths(of: $0) }
      } else {
        let node = mapping.node.forTask(overrides)
        task = (node, loader.paths(of: node))
      }
      return [
        .task(
          LeafTask(
            name: name, node: task.node, file: entry.file, isInline: false, isAsInFile: overrides.isEmpty,
            paths: task.paths))
      ]
    }
  }

  mutating func load(
    group name: String, _ node: Node, _ file: String, _ outer: [Node.Entry], _ path: [String],
    _ findings: inout Findings
  ) -> LoadedGroup {
    // What is no key of a group is a setting for its members; settings from outside replace those.
    let settings = (node.entries ?? []).filter { !GroupDefinition.keys.contains($0.key.value) }.overlaid(
      with: outer)
    var members: [Member] = []
    if let list = node["task"] {
      if list.items == nil, list.text == nil {
        findings.add(
          .error("wrong-type", "`task` of a group is a list of members, found \(list.kind)", at: list.span))
      }
      let isTask = list.items == nil && node.looksLikeTask
      if let name = list.text, isTask {
        findings.add(.taskAndGroup(node, task: name))
      }
      for item in list.items ?? [list] where list.items != nil || list.text != nil && !isTask {
        members += member(item, of: name, file, settings, path, &findings)
      }
    } else {
      findings.add(
        .error(
          "missing-key", "the group `\(name)` has no members", at: node["group"]?.span ?? node.span,
          help: "list them under `task:`"))
    }
    return LoadedGroup(name: name, node: node, file: file, members: members)
  }

  private mutating func member(
    _ item: Node, of group: String, _ file: String, _ settings: [Node.Entry], _ path: [String],
    _ findings: inout Findings
  ) -> [Member] {
    if let name = item.text {
      guard entries[name.text] != nil else {
        findings.add(missing(Located(name.text, at: item.span), of: group))
        return []
      }
      return members(named: name.text, settings, path, &findings)
    }
    guard item.entries != nil else {
      findings.add(.error("wrong-type", "a member is a name or a mapping, found \(item.kind)", at: item.span))
      return []
    }
    if let include = item.entry("include") {
      findings.add(
        .beyondStandard(
          "a member that is written out has an `include`", at: include.key.span,
          others: "the harness does not resolve it here, and cannot load the task"))
    }
    let node = loader.resolvingInclude(item, &findings)
    let own = node.entries ?? []
    if let name = node["group"]?.text {
      let isInline = node["task"]?.items != nil || entries[name.text] == nil
      if isInline {
        return [.group(load(group: "\(group)::\(name.text)", node, file, settings, path, &findings))]
      }
      return reference(name.text, own, settings, path, &findings)
    }
    guard let name = node["task"]?.text else {
      findings.add(.error("missing-key", "a member needs `task` or `group`", at: item.span))
      return []
    }
    if entries[name.text] != nil { return reference(name.text, own, settings, path, &findings) }
    let whole = Node(.mapping(settings.overlaid(with: own)), at: node.span)
    guard whole["dataset_path"] != nil || whole["custom_dataset"] != nil else {
      if own.contains(where: { ["doc_to_text", "doc_to_target", "include"].contains($0.key.value) }) {
        let isIncluding = own.contains { $0.key.value == "include" }
        findings.add(
          .error(
            "missing-key",
            "the member `\(name.text)` is written out here, and has no `dataset_path`"
              + (isIncluding ? "; `include` is not read in a group" : ""),
            at: node["task"]?.span ?? item.span,
            help: isIncluding
              ? "put it with its `include` into a file of its own, and name it here"
              : "add `dataset_path`, or name a task that there is"))
        return []
      }
      // Far from being a task of its own, so that a name was meant.
      let place = node["task"]?.span ?? item.span
      findings.add(missing(Located(name.text, at: place), of: group))
      return []
    }
    return [
      .task(
        LeafTask(
          name: "\(group)::\(name.text)", node: whole.forTask([]), file: file, isInline: true,
          paths: loader.paths(of: whole)))
    ]
  }

  /// What is said of a member that nothing is: it may be in a file that is broken.
  private mutating func missing(_ name: Located<String>, of group: String) -> Diagnostic {
    guard let file = brokenFile(naming: name.value) else {
      return .unknownMember(name, of: group, near: rememberedName(near: name.value))
    }
    return .error(
      "unknown-member",
      "the member `\(name.value)` of the group `\(group)` is in `\(file)`, which cannot be used",
      at: name.span,
      help: "mend that file first")
  }

  /// A registered name with settings of its own: those of a group stay with it, the rest reaches its tasks.
  private mutating func reference(
    _ name: String, _ own: [Node.Entry], _ settings: [Node.Entry], _ path: [String],
    _ findings: inout Findings
  ) -> [Member] {
    let isGroup = entries[name]?.kind == .group
    let forGroup = own.filter { isGroup && ["group_alias", "aggregate_metric_list"].contains($0.key.value) }
    let rest = own.filter {
      !["task", "group"].contains($0.key.value)
        && !(isGroup && forGroup.map(\.key.value).contains($0.key.value))
    }
    if let first = forGroup.first ?? rest.first, entries[name]?.kind != .task {
      let kind = isGroup ? "group" : "tag"
      findings.add(
        .beyondStandard(
          "`\(first.key.value)` is set for the \(kind) `\(name)`", at: first.key.span,
          others: forGroup.isEmpty
            ? "the harness makes one task of the whole \(kind), or stops"
            : "the harness hands it to the tasks of the group"))
    }
    return members(named: name, settings.overlaid(with: rest), path, &findings).map { member in
      guard case .group(let group) = member, !forGroup.isEmpty else { return member }
      let node = Node(.mapping((group.node.entries ?? []).overlaid(with: forGroup)), at: group.node.span)
      return .group(LoadedGroup(name: group.name, node: node, file: group.file, members: group.members))
    }
  }

  // MARK: - Once each

  /// Notes tasks that come by two names, such as a group's and their own.
  private func noteRepetitions(
    in members: [Member], _ owners: inout [String: String], at span: SourceSpan, _ findings: inout Findings
  ) {
    for member in members {
      for leaf in member.leaves {
        guard let owner = owners[leaf.name] else {
          owners[leaf.name] = member.name
          continue
        }
        if owner == member.name { continue }
        findings.add(
          .beyondStandard(
            "the task `\(leaf.name)` is reached by two names, `\(owner)` and `\(member.name)`", at: span,
            others: "the harness stops because of the duplicate"))
        break
      }
    }
  }

  private func distinct(_ members: [Member], _ findings: inout Findings) -> [Member] {
    var seen: [String: LeafTask] = [:]
    for leaf in members.flatMap(\.leaves) {
      if let known = seen[leaf.name], known.node.value != leaf.node.value {
        findings.add(
          .error(
            "conflicting-task", "the task `\(leaf.name)` is wanted with different settings at once",
            at: leaf.node["task"]?.span ?? leaf.node.span,
            help: "run it in two commands, or give one of them a name of its own"))
      }
      seen[leaf.name] = leaf
    }
    // A group listed beside its own members is kept; members that already stand inside a kept group are not.
    let groups = members.filter { if case .group = $0 { true } else { false } }
    var kept: [Member] = []
    for member in members {
      let isInside = groups.contains { $0.name != member.name && $0.holds(member.name) }
      if !isInside, !kept.contains(where: { $0.name == member.name }) { kept.append(member) }
    }
    return kept
  }
}

extension Member {
  /// Whether a task or group of this name stands somewhere below.
  fileprivate func holds(_ name: String) -> Bool {
    guard case .group(let group) = self else { return false }
    return group.members.contains { $0.name == name || $0.holds(name) }
  }
}

extension Node {
  /// The mapping of one task: overrides laid over it, and the keys that only the index reads left out.
  func forTask(_ overrides: [Entry]) -> Node {
    let kept = (entries ?? []).filter {
      let key = $0.key.value
      return key != "tag" && key != "group" && key != "task_list"
    }
    guard !overrides.isEmpty else { return Node(.mapping(kept), at: span, tag: tag) }
    return Node(.mapping(kept.overlaid(with: overrides.filter { $0.key.value != "tag" })), at: span, tag: tag)
  }
}

extension Node {
  /// Whether the mapping says how something is asked, as that of a task does.
  fileprivate var looksLikeTask: Bool {
    ["doc_to_text", "doc_to_target", "output_type", "dataset_path"].contains { self[$0]?.isNull == false }
  }
}

extension Diagnostic {
  /// Before there were tags, `group` stood in a task's file for what is `tag` now.
  fileprivate static func taskAndGroup(_ node: Node, task: EmbeddedText) -> Diagnostic {
    let entry = node.entry("group")
    let place = entry?.key.span ?? node.span
    return .error(
      "task-and-group", "this file has both `group` and `task`, so that it is a group without members",
      at: place, labels: [Label("the name of a task", at: task.span)],
      help: "write `tag` in place of `group` to have the task found under that name too",
      fix: .replace(place, with: "tag", safety: .needsReview))
  }

  fileprivate static func unreadable(_ path: String, _ span: SourceSpan, _ trouble: FileTrouble) -> Diagnostic
  {
    var near: String?
    if case .missing = trouble { near = Files.yamlFiles(in: Paths.folder(of: path)).nearest(to: path) }
    return .error(
      "unreadable-file", "cannot read `\(path)`: \(trouble.words)", at: span,
      help: near.map { "did you mean `\($0)`?" })
  }

  fileprivate static func unknownTask(_ item: Located<String>, _ index: TaskIndex) -> Diagnostic {
    let isPattern = item.value.contains { "*?[".contains($0) }
    let near = index.names.nearest(to: item.value)
    let broken =
      index.broken.isEmpty
      ? "" : "; \(index.broken.count) file(s) could not be read, `assay validate` says why"
    return .error(
      "unknown-task",
      isPattern
        ? "no task, group or tag matches `\(item.value)`" : "no task, group or tag is named `\(item.value)`",
      at: item.span, help: (near.map { "did you mean `\($0)`?" } ?? "`assay ls tasks` lists them") + broken)
  }

  fileprivate static func unknownMember(
    _ name: Located<String>, of group: String, near: String?
  ) -> Diagnostic {
    .error(
      "unknown-member", "the group `\(group)` has a member `\(name.value)`, but nothing has that name",
      at: name.span,
      help: near.map { "did you mean `\($0)`?" }
        ?? "if it is in a file of your own, name that file's folder with --include_path",
      fix: near.map { .replace(name.span, with: $0, safety: .needsReview) })
  }
}
