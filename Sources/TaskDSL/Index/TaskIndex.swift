public import Diagnostics
import Values
public import YAML

/// The tasks, groups and tags that the files of some folders define.
public struct TaskIndex: Sendable {
  public enum Kind: String, Sendable, CaseIterable { case task, group, tag, pythonTask }

  /// What stands behind a name.
  public struct Entry: Sendable {
    public let name: String
    public let kind: Kind
    /// The file that defines it; for a tag, the first that carries it.
    public let file: String
    /// Nil for a tag.
    fileprivate(set) var mapping: Layers?
    /// The tasks of a tag.
    public fileprivate(set) var members: [String] = []
    /// The root it came from; a later root's names replace an earlier one's.
    let root: Int

    /// The whole mapping, includes merged in; nil for a tag.
    public var node: Node? { mapping?.node }

    /// The value of one key, from the file or its includes.
    public subscript(_ key: String) -> Node? { mapping?[key] }
  }

  /// A file that could not be indexed, and why.
  public struct BrokenFile: Sendable {
    public let path: String
    public let findings: Findings
  }

  var loader = FileLoader()
  public private(set) var entries: [String: Entry] = [:]
  public private(set) var broken: [BrokenFile] = []
  /// Warnings of files that can be used.
  public private(set) var findings = Findings()
  /// What a later folder's entry of the same name has replaced, by name.
  public private(set) var shadowed: [String: Entry] = [:]
  private var rootCount = 0
  /// What was found near names that are not there; groups inside groups ask for the same ones again.
  private var nearNames: [String: String?] = [:]
  /// The folders that were indexed, in their order.
  public private(set) var folders: [String] = []
  /// The files that each of them holds, in the order in which they count.
  private var lists: [[String]] = []

  public init() {}

  /// Indexes folders in order; names of later ones replace those of earlier ones.
  public init(roots: [String]) {
    for root in roots { add(root: root) }
  }

  /// The texts that findings point into.
  public var sources: Sources { loader.sources }

  public var names: [String] { entries.keys.sortedByBytes { $0 } }

  /// The name nearest to one that is not there, the first of several; sorting all of them would take longer.
  func name(near typo: String) -> String? { entries.keys.nearest(to: typo, <) }

  mutating func rememberedName(near typo: String) -> String? {
    if let known = nearNames[typo] { return known }
    let near = name(near: typo)
    nearNames[typo] = .some(near)
    return near
  }

  /// A file that cannot be used and that names a task or group so.
  func brokenFile(naming name: String) -> String? {
    broken.first { file in
      guard let text = loader.text(of: file.path) else { return false }
      return ["task", "group"].contains { key in
        text.hasPrefix("\(key): \(name)\n") || text.contains("\n\(key): \(name)\n")
      }
    }?.path
  }

  /// Every entry of a kind, by name.
  public func entries(of kind: Kind) -> [Entry] {
    var found: [Entry] = []
    // Only what is wanted is copied.
    for place in entries.indices where entries.values[place].kind == kind {
      found.append(entries.values[place])
    }
    return found.sortedByBytes { $0.name }
  }

  /// - Parameter excluded: folders below it that are left out.
  public mutating func add(root: String, without excluded: [String] = []) {
    guard !excluded.isEmpty else { return add(root: root, files: nil) }
    let all = Files.yamlFiles(below: root)
    add(root: root, files: all.filter { path in !excluded.contains { path.hasPrefix($0 + "/") } })
  }

  /// Takes in that files have changed, have come or have gone; what was read of others is kept.
  ///
  /// - Parameter texts: what counts from now on in the place of what is on disk, by path.
  public mutating func refresh(_ paths: Set<String>, texts: [String: String]) {
    loader.overlay = texts
    let touched = loader.dependents(of: paths)
    let before = touched.map { ($0, standing(of: $0)) }
    let isListAsBefore = loader.reread(paths, dependents: touched)
    if isListAsBefore, before.allSatisfy({ $1 != nil && standing(of: $0) == $1 }) {
      // Every name stands for what it did before, so that only what is behind it has changed.
      for (path, standing) in before {
        guard let name = standing?.name, entries[name]?.file == path else { continue }
        entries[name]?.mapping = loader.load(path).mapping
      }
      return
    }
    let (loader, roots) = (loader, zip(folders, lists))
    self = TaskIndex()
    self.loader = loader
    for (folder, files) in roots { add(root: folder, files: isListAsBefore ? files : nil) }
  }

  /// What a sound file has to say about names.
  private struct Standing: Equatable {
    let name: String?
    let kind: Kind
    let tag: Value
  }

  /// Nil where there is anything to say of the file as a whole.
  private mutating func standing(of path: String) -> Standing? {
    // What has not been read so far may be a file that has come.
    guard loader.text(of: path) != nil else { return nil }
    let loaded = loader.load(path)
    guard let mapping = loaded.mapping, loaded.findings.all.isEmpty,
      !findings.all.contains(where: { loader.path(of: $0.span) == path })
    else { return nil }
    let kind: Kind = mapping["class"] != nil ? .pythonTask : mapping["group"] != nil ? .group : .task
    let name = mapping[kind == .group ? "group" : "task"]
    // What is named without being named by a text is told with its place.
    if let name, name.text == nil { return nil }
    return Standing(name: name?.text?.text, kind: kind, tag: mapping["tag"]?.value ?? .null)
  }

  /// - Parameter files: what the folder holds, where that is known.
  private mutating func add(root: String, files: [String]?) {
    rootCount += 1
    nearNames = [:]
    folders.append(root)
    guard Files.isFolder(root) else {
      let source = loader.add(name: "<include path>", text: root)
      var missing = Findings()
      missing.add(
        .error(
          "missing-folder", "there is no folder `\(root)`", at: source.span,
          help: root.contains(":") || root.contains(",")
            ? "give --include_path once for each folder" : "check the path given to --include_path"))
      broken.append(BrokenFile(path: root, findings: missing))
      lists.append([])
      return
    }
    let paths = files ?? Files.yamlFiles(below: root)
    lists.append(paths)
    entries.reserveCapacity(entries.count + paths.count)
    for file in loader.load(all: paths) { add(file) }
  }

  private mutating func add(_ loaded: FileLoader.Loaded) {
    let path = loaded.path
    guard let mapping = loaded.mapping else {
      broken.append(BrokenFile(path: path, findings: loaded.findings))
      return
    }
    findings.add(contentsOf: loaded.findings)
    if mapping["class"] != nil {
      register(mapping["task"], .pythonTask, mapping, path)
    } else if let group = mapping["group"] {
      register(group, .group, mapping, path)
    } else if let task = mapping["task"] {
      register(task, .task, mapping, path)
    }
  }

  private mutating func register(_ name: Node?, _ kind: Kind, _ mapping: Layers, _ path: String) {
    guard let text = name?.text else {
      var trouble = Findings()
      trouble.add(.badName(name ?? mapping.own, kind))
      broken.append(BrokenFile(path: path, findings: trouble))
      return
    }
    if let known = entries[text.text] {
      if known.root == rootCount, known.kind != .tag || kind != .task {
        findings.add(.taken(text, by: known))
        return
      }
      if known.root != rootCount { shadowed[text.text] = known }
    }
    entries[text.text] = Entry(name: text.text, kind: kind, file: path, mapping: mapping, root: rootCount)
    guard kind != .group, let tag = mapping["tag"] else { return }
    findings.add(contentsOf: tag.troubleAsTag)
    for item in tag.items ?? [tag] {
      if let tag = item.text { addMember(text.text, toTag: tag, path) }
    }
  }

  /// A tag of a later root replaces the earlier one whole; one that is also the name of a task or group adds nothing.
  private mutating func addMember(_ task: String, toTag tag: EmbeddedText, _ path: String) {
    let place = entries.index(forKey: tag.text)
    guard let place, entries.values[place].root == rootCount else {
      if let place, entries.values[place].kind == .tag {
        findings.add(.replacedTag(tag, entries.values[place]))
      }
      var entry = Entry(name: tag.text, kind: .tag, file: path, mapping: nil, root: rootCount)
      entry.members = [task]
      entries[tag.text] = entry
      return
    }
    // A task names all its tags at once, so what it has named before stands last.
    guard entries.values[place].kind == .tag, entries.values[place].members.last != task else { return }
    entries.values[place].members.append(task)
  }
}

extension Node {
  /// What is wrong with it as the tags of a task, which are one text or several.
  var troubleAsTag: Findings {
    var findings = Findings()
    if isNull { return findings }
    for item in items ?? [self] where item.text == nil || item.tag != nil {
      findings.add(
        .error("wrong-type", "a tag is text, or a list of texts, found \(item.kind)", at: item.span))
    }
    return findings
  }
}

extension Diagnostic {
  static func badName(_ node: Node, _ kind: TaskIndex.Kind) -> Diagnostic {
    if node.items != nil {
      return .error(
        "missing-key", "a list under `task` needs a `group` name beside it", at: node.span,
        help: "add `group: NAME`")
    }
    return .error(
      "wrong-type", "the name of a \(kind == .group ? "group" : "task") is text, found \(node.kind)",
      at: node.span)
  }

  fileprivate static func taken(_ name: EmbeddedText, by other: TaskIndex.Entry) -> Diagnostic {
    .warning(
      "duplicate-name",
      "the name `\(name.text)` is already that of a \(other.kind.rawValue) in \(other.file); this one is left out",
      at: name.span, help: "rename one of them")
  }

  fileprivate static func replacedTag(_ tag: EmbeddedText, _ old: TaskIndex.Entry) -> Diagnostic {
    .warning(
      "replaced-tag",
      "the tag `\(tag.text)` of an earlier folder, with \(old.members.count) tasks, is replaced by this folder's",
      at: tag.span, help: "give the tag another name to keep both")
  }
}
