import Diagnostics
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
  private var loaded: [String: Loaded] = [:]
  /// What `prepare` has read and nobody has asked for yet.
  private var prepared: [String: Read] = [:]
  private(set) var paths: [SourceID: String] = [:]

  /// The file that a span points into.
  func path(of span: SourceSpan) -> String? { paths[span.source] }

  /// What there was to say of a file that has been read.
  func findings(of path: String) -> Findings { loaded[path]?.findings ?? Findings() }

  /// Takes in a text that is no file, such as a command-line argument.
  mutating func add(name: String, text: String) -> Source { sources.add(name: name, text: text) }

  /// Reads many files at once, on all processors; each is looked at when it is asked for.
  mutating func prepare(_ wanted: [String]) {
    let new = wanted.filter { loaded[$0] == nil && prepared[$0] == nil }
    let first = sources.count
    let (size, count) = (64, new.count)
    let runs = Mutex<[Int: [Read]]>([:])
    DispatchQueue.concurrentPerform(iterations: (count + size - 1) / size) { run in
      let read = (run * size..<min(count, (run + 1) * size)).map { place in
        Read(new[place], SourceID(index: UInt32(first + place)))
      }
      runs.withLock { $0[run] = read }
    }
    let all = runs.withLock { $0 }
    prepared.reserveCapacity(prepared.count + count)
    loaded.reserveCapacity(loaded.count + count)
    paths.reserveCapacity(paths.count + count)
    for run in all.keys.sorted() {
      for file in all[run] ?? [] {
        sources.add(file.source)
        prepared[file.source.name] = file
      }
    }
  }

  mutating func load(_ path: String) -> Loaded { load(path, from: nil, chain: []) }

  /// - Parameter chain: the files whose includes lead here, with the place of each include.
  private mutating func load(
    _ path: String, from place: SourceSpan?, chain: [(path: String, span: SourceSpan)]
  ) -> Loaded {
    if let known = loaded[path] { return known }
    var findings = Findings()
    var includes = Set<String>()
    let mapping = read(path, from: place, chain: chain, &includes, &findings)
    let result = Loaded(
      path: path, mapping: findings.hasErrors ? nil : mapping, findings: findings, includes: includes)
    loaded[path] = result
    return result
  }

  private mutating func read(
    _ path: String, from place: SourceSpan?, chain: [(path: String, span: SourceSpan)],
    _ includes: inout Set<String>, _ findings: inout Findings
  ) -> Layers? {
    let file = prepared.removeValue(forKey: path) ?? Read(path, sources.nextID)
    if sources[file.source.id] == nil { sources.add(file.source) }
    if let trouble = file.trouble {
      let isMissing = if case .missing = trouble { true } else { false }
      let near = isMissing ? Files.names(beside: path).nearest(to: path) : nil
      findings.add(
        .error(
          place == nil ? "unreadable-file" : "missing-include", "cannot read `\(path)`: \(trouble.words)",
          at: place ?? file.source.span,
          help: near.map { "did you mean `\($0)`?" }
            ?? (place == nil ? nil : "a relative include starts from the folder of the file that contains it")
        ))
      return nil
    }
    paths[file.source.id] = path
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
    var below: [[Node.Entry]] = []
    for item in include.items ?? [include] {
      guard let name = item.text else {
        findings.add(.wrongInclude(item))
        continue
      }
      let target = Files.join(Files.folder(of: path), name.text)
      let here = chain + [(path: path, span: name.span)]
      if let start = here.firstIndex(where: { $0.path == target }) {
        findings.add(.includeCycle(here[start...].map(\.span), back: target))
        continue
      }
      let included = load(target, from: name.span, chain: here)
      findings.add(contentsOf: included.findings)
      let reached = included.includes.union([target])
      if let common = reached.intersection(includes).min() {
        findings.add(
          .beyondStandard(
            "`\(common)` is included on two ways", at: name.span,
            others: "the harness takes that for a cycle, and cannot load the file"))
      }
      includes.formUnion(reached)
      below += included.mapping?.all ?? []
    }
    return Layers(below: below, own: own)
  }

  /// Resolves the include of an inline member, whose mapping stands inside another file.
  mutating func resolvingInclude(_ node: Node, _ findings: inout Findings) -> Node {
    guard node.entries != nil, node["include"] != nil, let path = path(of: node.span) else { return node }
    var includes = Set<String>()
    return layers(node, path, [], &includes, &findings).node
  }
}

/// A file as it stands, before its includes.
private struct Read: Sendable {
  let source: Source
  var node: Node?
  var findings = Findings()
  var trouble: FileTrouble?

  init(_ path: String, _ id: SourceID) {
    switch Files.text(at: path) {
    case .failure(let trouble):
      source = Source(id: id, name: path, text: "")
      self.trouble = trouble
    case .success(let text):
      source = Source(id: id, name: path, text: text)
      node = parseYAML(source, &findings)
    }
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
