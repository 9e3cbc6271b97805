import Diagnostics
import Glibc
import TaskDSL
import YAML

/// What there is to look at: files read, groups opened, each task found once.
struct Survey {
  enum Unit: Sendable {
    case file(FileContext)
    case task(LeafTask)
    case group(LoadedGroup)
    /// A file for others to include that was asked for by its name.
    case base(LeafTask)
  }

  private(set) var index = TaskIndex()
  var findings = Findings()
  private(set) var units: [Unit] = []
  private(set) var files: [FileContext] = []
  private(set) var ymlFiles: [FileContext] = []
  /// The paths that were asked for, by name or as a part of a folder.
  private(set) var linted: Set<String> = []
  private(set) var taskCount = 0
  private(set) var groupCount = 0
  /// The files that have a say in what was asked for: themselves and what they include.
  private(set) var contributing: Set<String> = []
  private let helpers = HelperStore()
  private var sourcesInUse: Set<SourceID> = []

  init(_ request: LintRequest) {
    if let known = request.index {
      index = known
    } else {
      for (path, text) in request.texts { index.overlay(path, with: text) }
      for root in request.roots + request.folders { index.add(root: root) }
    }
    var paths: [String] = []
    var otherPaths: [String] = []
    for folder in request.folders {
      for path in Paths.files(below: folder, endings: [".yaml", ".yml"]) {
        if path.hasSuffix(".yml") {
          otherPaths.append(path)
        } else if Paths.name(of: path) != SettingsFile.name {
          paths.append(path)
        }
      }
    }
    paths += request.files.map(Paths.normal)
    openGroups(in: request, &paths)
    selectNames(request, &paths)
    let roles = look(at: paths, named: Set(request.files.map(Paths.normal)))
    findings.add(contentsOf: index.findings)
    for path in otherPaths { readYml(path) }
    followIncludes()
    gatherFiles(roles)
  }

  /// Members of a group in a file may stand beside it.
  private mutating func openGroups(in request: LintRequest, _ paths: inout [String]) {
    var folders = Set(index.folders.map(Paths.normal))
    for file in request.files.map(Paths.normal) {
      var unused = Findings()
      guard case .group = index.contents(of: file, &unused).role else { continue }
      let folder = Paths.folder(of: file)
      if !folders.contains(where: { Paths.lies(folder, below: $0) }) {
        folders.insert(folder)
        index.add(root: folder)
      }
      // Only now are the members known.
      if request.isFollowingGroups, case .group(let group) = index.contents(of: file, &unused).role {
        add(.group(group), &paths)
      }
    }
  }

  /// One name at a time, also of those that a glob means: a task may well be known alone and in a group that changes it.
  private mutating func selectNames(_ request: LintRequest, _ paths: inout [String]) {
    for name in request.names {
      let isGlob = name.contains { "*?[".contains($0) }
      let matched = isGlob ? index.names.filter { fnmatch(name, $0, FNM_NOESCAPE) == 0 } : []
      for name in matched.isEmpty ? [name] : matched {
        for member in index.select([name], &findings) { add(member, &paths) }
      }
    }
  }

  private mutating func add(_ member: Member, _ paths: inout [String]) {
    switch member {
    case .task(let leaf): paths.append(leaf.file)
    case .group(let group):
      paths.append(group.file)
      for member in group.members { add(member, &paths) }
    }
  }

  private mutating func look(at paths: [String], named: Set<String>) -> [String: FileContents.Role] {
    var roles: [String: FileContents.Role] = [:]
    for path in paths where linted.insert(path).inserted {
      let contents = index.contents(of: path, &findings)
      roles[contents.path] = contents.role
      switch contents.role {
      case .task(let leaf): add(leaf)
      case .group(let group):
        groupCount += 1
        add(group)
        for leaf in Member.group(group).leaves where isChanged(leaf, by: group) { add(leaf) }
      case .base(let leaf):
        if named.contains(path) { units.append(.base(leaf)) }
      case .python, .broken: break
      }
    }
    return roles
  }

  /// A group with those that are written out inside it.
  private mutating func add(_ group: LoadedGroup) {
    units.append(.group(group))
    use(group.node)
    for case .group(let inner) in group.members where inner.isWritten(in: group) { add(inner) }
  }

  private mutating func add(_ leaf: LeafTask) {
    taskCount += 1
    units.append(.task(leaf))
    use(leaf.node)
  }

  private mutating func use(_ node: Node) {
    sourcesInUse.insert(node.span.source)
    for entry in node.entries ?? [] { sourcesInUse.insert(entry.value.span.source) }
  }

  /// Whether a group makes something else of a task than its own file does; another name for tables is nothing.
  private func isChanged(_ leaf: LeafTask, by group: LoadedGroup) -> Bool {
    if leaf.isInline { return true }
    guard index.entries[leaf.name]?.file != group.file else { return false }
    let own = group.node.span.source
    return (leaf.node.entries ?? []).contains { $0.value.span.source == own && $0.key.value != "task_alias" }
  }

  private mutating func readYml(_ path: String) {
    var unused = Findings()
    _ = index.contents(of: path, &unused)
  }

  /// The files that lead to others by an include, and those that they lead to.
  private mutating func followIncludes() {
    var byPath: [String: SourceID] = [:]
    for (id, path) in index.readFiles { byPath[path] = id }
    var open = Array(linted)
    var seen = linted
    while let path = open.popLast() {
      guard let id = byPath[path], let root = index.tree(of: id) else { continue }
      sourcesInUse.insert(id)
      let members = root["group"] == nil ? [] : root["task"]?.items ?? []
      var included = root["include"]?.oneOrMore ?? []
      for member in members { included += member["include"]?.oneOrMore ?? [] }
      for node in included {
        guard let name = node.plainText else { continue }
        let target = Paths.join(Paths.folder(of: path), name.text)
        if seen.insert(target).inserted { open.append(target) }
      }
    }
  }

  /// Contexts of the files asked for and of those that they include.
  private mutating func gatherFiles(_ roles: [String: FileContents.Role]) {
    for (id, path) in index.readFiles {
      guard let source = index.sources[id] else { continue }
      let isYml = path.hasSuffix(".yml") && !linted.contains(path) && !sourcesInUse.contains(id)
      guard isYml || linted.contains(path) || sourcesInUse.contains(id) else { continue }
      let file = FileContext(
        path: path, source: source, root: index.tree(of: id), role: roles[path], helpers: helpers)
      if isYml { ymlFiles.append(file) } else { files.append(file) }
      sourcesInUse.insert(id)
      contributing.insert(path)
    }
    units = files.map { .file($0) } + units
  }

  /// Whether a finding stands in a file that was asked for or has a say in one; texts that are no files count too.
  func isAbout(_ finding: Diagnostic) -> Bool {
    sourcesInUse.contains(finding.span.source) || index.path(of: finding.span.source) == nil
      || index.path(of: finding.span.source).map { linted.contains($0) } ?? true
  }

  /// Reads a file that holds settings, not a task.
  mutating func settings(at path: String) -> Node? {
    let contents = index.contents(of: path, &findings)
    guard let id = index.readFiles.first(where: { $0.path == contents.path })?.source else { return nil }
    sourcesInUse.insert(id)
    return index.tree(of: id)
  }
}

extension LoadedGroup {
  /// Whether a key of it stands in the file of the group around it.
  fileprivate func isWritten(in outer: LoadedGroup) -> Bool {
    let source = outer.node.span.source
    return (node.entries ?? []).contains { $0.value.span.source == source }
  }
}
