import Datasets
import Diagnostics
import Lint
import Schema
import TaskDSL
import Values
import YAML

/// What is open, and what lies around it.
struct Workspace: Sendable {
  var documents: [String: OpenDocument] = [:]
  /// Folders whose tasks are known by name.
  var library: [String]
  /// Folders that the editor has open.
  var folders: [String] = []
  var mirrors: [String]
  /// Whether rows are looked at to find mistakes.
  var isReadingRows: Bool
  var encoding = PositionEncoding.utf16

  let linter = Linter()
  let forms: TaskFormPair
  private var index: TaskIndex?
  /// The files that have changed since the names were read.
  private var changed: Set<String> = []
  private var store: DatasetStore

  init(library: [String], mirrors: [String], isReadingRows: Bool) {
    self.library = library
    self.mirrors = mirrors
    self.isReadingRows = isReadingRows
    let form = TaskForm()
    forms = TaskFormPair(task: form.task, group: form.group, settings: LintSettings.form(linter.registry))
    store = DatasetStore(mirrors: mirrors, workingDirectory: "/")
  }

  /// Forgets what was read from disk, since anything may have changed.
  mutating func forgetFiles() {
    index = nil
    changed = []
    forgetRows()
  }

  private mutating func forgetRows() {
    store = DatasetStore(mirrors: mirrors, workingDirectory: folders.first ?? "/")
  }

  /// Notes that a text has changed: a folder may hold thousands of others, which are not read again for its sake.
  mutating func noteChange(of path: String) {
    let path = Paths.normal(path)
    if path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
      if index != nil { changed.insert(path) }
    } else if !path.hasSuffix(".py") {
      forgetRows()
    }
  }

  var datasets: DatasetStore { store }

  func positions(_ document: OpenDocument) -> Positions { Positions(document.text, encoding) }

  /// The texts that count in the place of what is saved.
  var texts: [String: String] {
    Dictionary(
      documents.values.map { (Paths.normal($0.path), $0.text) }, uniquingKeysWith: { first, _ in first })
  }

  /// Every task of all folders, with what is open as it stands.
  mutating func names() -> TaskIndex {
    var made = index ?? TaskIndex()
    if index == nil {
      for (path, text) in texts { made.overlay(path, with: text) }
      for folder in roots { made.add(root: folder) }
    } else if !changed.isEmpty {
      // Held only once, so that it is changed in its place.
      index = nil
      made.refresh(changed, texts: texts)
    }
    changed = []
    index = made
    return made
  }

  /// The folders whose tasks are known by name; one inside another that is open brings nothing of its own.
  private var roots: [String] {
    func lies(_ path: String, in folder: String) -> Bool { path == folder || path.hasPrefix(folder + "/") }
    var open: [String] = []
    for folder in folders where !open.contains(where: { lies(folder, in: $0) }) {
      open = open.filter { !lies($0, in: folder) } + [folder]
    }
    return library.filter { path in !open.contains { lies(path, in: $0) } } + open
  }

  /// A file's task with its includes, from a text in the place of what is open.
  func task(_ document: OpenDocument, _ text: String) -> (task: LeafTask, index: TaskIndex)? {
    var index = TaskIndex()
    for (path, other) in texts { index.overlay(path, with: other) }
    index.overlay(document.path, with: text)
    var unused = Findings()
    guard case .task(let leaf) = index.contents(of: document.path, &unused).role else { return nil }
    return (leaf, index)
  }

  /// What is found in a document as it stands.
  mutating func report(_ document: OpenDocument) -> LintReport {
    if document.kind == .settings {
      var report = LintReport()
      let source = report.sources.add(name: document.path, text: document.text)
      report.findings = LintSettings.check(source, linter.registry).sorted
      return report
    }
    var request = LintRequest()
    request.files = [document.path]
    request.texts = texts
    // Only a group's members are known by name.
    if document.isGroup { request.index = names() }
    request.workingDirectory = folders.first ?? "/"
    if isReadingRows { request.datasets = store }
    return linter.check(request)
  }

  /// The document's tree; while it is no YAML, that of what it was before.
  func tree(_ document: OpenDocument) -> Node? {
    OpenDocument.tree(document.text) ?? document.lastSound.flatMap(OpenDocument.tree)
  }

  func document(_ uri: String) -> OpenDocument? { documents[uri] }
}
