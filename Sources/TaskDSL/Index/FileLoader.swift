package import Diagnostics
import Dispatch
import Synchronization
import YAML

/// Reads task files with their includes, each file once.
struct FileLoader: Sendable {
  /// A file as its includes and its own keys make it.
  struct Loaded: Sendable {
    let path: String
    /// Nil when the file or one of its includes is broken.
    let mapping: Layers?
    let findings: Findings
    /// All files that it includes, by whatever way.
    let includes: Set<String>
  }

  private(set) var sources = Sources()
  private var files: [File] = []
  /// Where each file stands among all.
  private var places: [String: Int] = [:]
  /// Texts that are no files.
  private var others: Set<SourceID> = []

  /// Texts that count in the place of what is on disk, by path: what an editor has not saved yet.
  var overlay: [String: String] = [:]

  /// The files in which a task names its functions.
  func paths(of node: Node) -> FilePaths {
    FilePaths(
      Dictionary(
        node.functions.map { ($0.span.source, path(of: $0.span) ?? "") },
        uniquingKeysWith: { first, _ in first }))
  }

  /// The file that a span points into.
  func path(of span: SourceSpan) -> String? {
    others.contains(span.source) ? nil : sources[span.source]?.name
  }

  /// The text of a file that has been read.
  func text(of path: String) -> String? { places[path].map { files[$0].source.text } }

  /// What there was to say of a file that has been read.
  func findings(of path: String) -> Findings {
    places[path].flatMap { files[$0].loaded?.findings } ?? Findings()
  }

  /// A file's own mapping, before its includes, also where the file as a whole is broken.
  func tree(of source: SourceID) -> Node? {
    sources[source].flatMap { places[$0.name] }.flatMap {
      files[$0].source.id == source ? files[$0].node : nil
    }
  }

  /// Every file that was read, with the number of its text.
  var readFiles: [(source: SourceID, path: String)] {
    // Only what is wanted is copied.
    files.indices.compactMap { files[$0].trouble == nil ? (files[$0].source.id, files[$0].source.name) : nil }
  }

  /// Takes in a text that is no file, such as a command-line argument.
  mutating func add(name: String, text: String) -> Source {
    let source = sources.add(name: name, text: text)
    others.insert(source.id)
    return source
  }

  /// Loads many files, which are read at once on all processors, and then what they include.
  mutating func load(all paths: [String]) -> [Loaded] {
    var wanted = paths
    while !wanted.isEmpty {
      let first = files.count
      read(wanted)
      wanted = Set(files[first...].flatMap(\.includes)).filter { places[$0] == nil }.sorted()
    }
    return paths.map { load($0) }
  }

  private mutating func read(_ paths: [String]) {
    let new = paths.filter { places[$0] == nil }
    let first = sources.count
    let overlay = overlay
    let (size, count) = (32, new.count)
    let runs = Mutex<[Int: [File]]>([:])
    DispatchQueue.concurrentPerform(iterations: (count + size - 1) / size) { run in
      let read = (run * size..<min(count, (run + 1) * size)).map { place in
        File(new[place], SourceID(index: UInt32(first + place)), overlay)
      }
      runs.withLock { $0[run] = read }
    }
    let all = runs.withLock { $0 }
    places.reserveCapacity(places.count + count)
    for run in all.keys.sorted() {
      for file in all[run] ?? [] { _ = keep(file) }
    }
  }

  /// Says where it stands.
  private mutating func keep(_ file: File) -> Int {
    sources.add(file.source)
    places[file.source.name] = files.count
    files.append(file)
    return files.count - 1
  }

  /// Some files with all that lead to them by their includes.
  func dependents(of paths: Set<String>) -> Set<String> {
    var found = paths
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for place in files.indices where files[place].includes.contains(where: found.contains) {
        if found.insert(files[place].source.name).inserted { isGrowing = true }
      }
    }
    return found
  }

  /// Reads files anew and forgets what their dependents have become; false if there are other files now.
  mutating func reread(_ changed: Set<String>, dependents touched: Set<String>) -> Bool {
    var isListAsBefore = true
    for path in touched {
      guard let place = places[path] else {
        if Files.exists(path) { isListAsBefore = false }
        continue
      }
      files[place].loaded = nil
      files[place].reach = nil
      guard changed.contains(path) else { continue }
      let file = File(path, files[place].source.id, overlay)
      if file.isMissing != files[place].isMissing { isListAsBefore = false }
      sources.replace(file.source)
      files[place] = file
    }
    return isListAsBefore
  }

  mutating func load(_ path: String) -> Loaded { load(path, from: nil, chain: []) }

  /// - Parameter chain: the files whose includes lead here, with the place of each include.
  private mutating func load(
    _ path: String, from span: SourceSpan?, chain: [(path: String, span: SourceSpan)]
  ) -> Loaded {
    let place = places[path] ?? keep(File(path, sources.nextID, overlay))
    if let known = files[place].loaded { return known }
    var findings = Findings()
    var includes = Set<String>()
    let mapping = mapping(of: files[place], from: span, chain: chain, &includes, &findings)
    let result = Loaded(
      path: path, mapping: findings.hasErrors ? nil : mapping, findings: findings, includes: includes)
    files[place].loaded = result
    return result
  }

  private mutating func mapping(
    of file: File, from place: SourceSpan?, chain: [(path: String, span: SourceSpan)],
    _ includes: inout Set<String>, _ findings: inout Findings
  ) -> Layers? {
    let path = file.source.name
    if let trouble = file.trouble {
      let near = file.isMissing ? Files.names(beside: path).nearest(to: path) : nil
      findings.add(
        .error(
          place == nil ? "unreadable-file" : "missing-include", "cannot read `\(path)`: \(trouble.words)",
          at: place ?? trouble.place(in: file.source),
          help: near.map { "did you mean `\($0)`?" }
            ?? (place == nil
              ? trouble.help : "a relative include starts from the folder of the file that contains it")
        ))
      return nil
    }
    findings.add(contentsOf: file.findings)
    guard let node = file.node else { return nil }
    guard node.entries != nil else {
      findings.add(
        .error(
          "not-a-task", "a task file holds a mapping, found \(node.kind)", at: node.span,
          help: "begin with `task: NAME` or `group: NAME`, and write one `key: value` a line"))
      return nil
    }
    return layers(node, path, chain, &includes, &findings)
  }

  private mutating func layers(
    _ own: Node, _ path: String, _ chain: [(path: String, span: SourceSpan)],
    _ includes: inout Set<String>, _ findings: inout Findings
  ) -> Layers {
    guard let include = own["include"] else { return Layers(below: [], own: own) }
    let folder = Paths.folder(of: path)
    var below: [[Node.Entry]] = []
    for item in include.items ?? [include] {
      guard let name = item.text else {
        findings.add(.wrongInclude(item))
        continue
      }
      let target = Paths.join(folder, name.text)
      let included: Loaded
      // Thousands of files include one base. What has been loaded leads nowhere back.
      if let known = places[target].flatMap({ files[$0].loaded }) {
        included = known
      } else {
        let here = chain + [(path: path, span: name.span)]
        if let start = here.firstIndex(where: { $0.path == target }) {
          findings.add(.includeCycle(here[start...].map(\.span), back: target))
          continue
        }
        included = load(target, from: name.span, chain: here)
      }
      findings.add(contentsOf: included.findings)
      let (reached, layers) = reach(of: included)
      if includes.isEmpty {
        includes = reached
      } else {
        if let common = reached.intersection(includes).min() {
          findings.add(
            .beyondStandard(
              "`\(common)` is included on two ways", at: name.span,
              others: "the harness takes that for a cycle, and cannot load the file"))
        }
        includes.formUnion(reached)
      }
      if below.isEmpty { below = layers } else { below += layers }
    }
    return Layers(below: below, own: own)
  }

  /// What a file brings along when it is included, which all that include it share.
  private mutating func reach(of file: Loaded) -> Reach {
    let place = places[file.path]
    if let known = place.flatMap({ files[$0].reach }) { return known }
    let reach = (files: file.includes.union([file.path]), layers: file.mapping?.all ?? [])
    if let place { files[place].reach = reach }
    return reach
  }

  /// Resolves the include of an inline member, whose mapping stands inside another file.
  mutating func resolvingInclude(_ node: Node, _ findings: inout Findings) -> Node {
    guard node.entries != nil, node["include"] != nil, let path = path(of: node.span) else { return node }
    var includes = Set<String>()
    return layers(node, path, [], &includes, &findings).node
  }
}

/// The files that the functions of one task are named in.
package struct FilePaths: Sendable {
  private let known: [SourceID: String]

  fileprivate init(_ known: [SourceID: String]) { self.known = known }

  package subscript(_ id: SourceID) -> String? { known[id].flatMap { $0.isEmpty ? nil : $0 } }
}

/// A file with all that it includes, and their mappings, the lowest first.
private typealias Reach = (files: Set<String>, layers: [[Node.Entry]])

/// A file as it stands, before its includes.
private struct File: Sendable {
  let source: Source
  private(set) var node: Node?
  private(set) var findings = Findings()
  private(set) var trouble: FileTrouble?
  /// The paths of the files it includes.
  private(set) var includes: [String] = []
  /// With its includes, once somebody has asked for it.
  var loaded: FileLoader.Loaded?
  /// What it brings along, once one includes it.
  var reach: Reach?

  var isMissing: Bool { if case .missing? = trouble { true } else { false } }

  init(_ path: String, _ id: SourceID, _ overlay: [String: String]) {
    switch overlay[path].map(Result.success) ?? Files.text(at: path) {
    case .failure(let trouble):
      if case .notText(let remains) = trouble {
        source = Source(id: id, name: path, text: remains)
      } else {
        source = Source(id: id, name: path, text: "")
      }
      self.trouble = trouble
    case .success(let text):
      source = Source(id: id, name: path, text: text)
      node = parseYAML(source, &findings)
      if text.utf8.contains(UInt8(ascii: "!")) { node?.checkTags(&findings) }
      guard let include = node?["include"] else { return }
      let folder = Paths.folder(of: path)
      includes = (include.items ?? [include]).compactMap(\.text).map { Paths.join(folder, $0.text) }
    }
  }
}

extension FileTrouble {
  fileprivate var help: String? {
    if case .notText = self { "save the file as UTF-8" } else { nil }
  }

  /// The first byte that is no text, with its line; the whole file where that is not the trouble.
  fileprivate func place(in source: Source) -> SourceSpan {
    guard case .notText(let remains) = self, let first = remains.utf8.firstRange(of: "\u{FFFD}".utf8) else {
      return source.span
    }
    let start = UInt32(remains.utf8.distance(from: remains.startIndex, to: first.lowerBound))
    return SourceSpan(source: source.id, start: start, end: start + 3)
  }
}

extension Node {
  /// Says which tags are not those of task files: PyYAML then refuses the whole file.
  fileprivate func checkTags(_ findings: inout Findings) {
    if let tag {
      if tag.value != "!function" {
        let near = ["!function"].nearest(to: tag.value)
        findings.add(
          .error(
            "unknown-tag", "there is no tag `\(tag.value)`; `!function` is the only one", at: tag.span,
            help: near.map { "did you mean `\($0)`?" } ?? "put a text that begins with `!` in quotes",
            fix: near.map { .replace(tag.span, with: $0, safety: .needsReview) }))
      } else if scalar?.text.text.isEmpty ?? true {
        findings.add(
          .error(
            "bad-function-name", "`!function` names no function", at: tag.span,
            help: "write `!function module.name` on one line"))
      }
    }
    for child in items ?? entries?.map(\.value) ?? [] { child.checkTags(&findings) }
  }
}

extension Diagnostic {
  fileprivate static func wrongInclude(_ node: Node) -> Diagnostic {
    .error("wrong-type", "`include` is a path or a list of paths, found \(node.kind)", at: node.span)
  }

  fileprivate static func includeCycle(_ spans: [SourceSpan], back target: String) -> Diagnostic {
    .error(
      "include-cycle", "this include leads back to `\(target)`", at: spans[spans.count - 1],
      labels: spans.dropLast().map { Label("by way of this include", at: $0) },
      help: "move what the files share to a base that includes none of them")
  }
}
