import Diagnostics
import YAML

/// Reads task files with their includes, each file once.
struct FileLoader: Sendable {
  /// A file as its includes and its own keys make it.
  struct Loaded: Sendable {
    let path: String
    /// Nil when the file or one of its includes is broken.
    let node: Node?
    let findings: Findings
  }

  private(set) var sources = Sources()
  private var loaded: [String: Loaded] = [:]
  private(set) var paths: [SourceID: String] = [:]
  /// Each file's own mapping, before its includes, also where the file as a whole is broken.
  private(set) var trees: [SourceID: Node] = [:]
  /// Texts that count in the place of what is on disk, by path: what an editor has not saved yet.
  var overlay: [String: String] = [:]

  /// The file that a span points into.
  func path(of span: SourceSpan) -> String? { paths[span.source] }

  /// Takes in a text that is no file, such as a command-line argument.
  mutating func add(name: String, text: String) -> Source { sources.add(name: name, text: text) }

  mutating func load(_ path: String) -> Loaded { load(path, from: nil, chain: []) }

  /// - Parameter chain: the files whose includes lead here, with the place of each include.
  private mutating func load(
    _ path: String, from place: SourceSpan?, chain: [(path: String, span: SourceSpan)]
  ) -> Loaded {
    if let known = loaded[path] { return known }
    var findings = Findings()
    let node = read(path, from: place, chain: chain, &findings)
    let result = Loaded(path: path, node: findings.hasErrors ? nil : node, findings: findings)
    loaded[path] = result
    return result
  }

  private mutating func read(
    _ path: String, from place: SourceSpan?, chain: [(path: String, span: SourceSpan)],
    _ findings: inout Findings
  ) -> Node? {
    switch overlay[path].map(Result.success) ?? Files.text(at: path) {
    case .failure(let trouble):
      let at = place ?? sources.add(name: path, text: "").span
      let isMissing = if case .missing = trouble { true } else { false }
      let near = isMissing ? Files.names(beside: path).nearest(to: path) : nil
      findings.add(
        .error(
          place == nil ? "unreadable-file" : "missing-include", "cannot read `\(path)`: \(trouble.words)",
          at: at,
          help: near.map { "did you mean `\($0)`?" }
            ?? (place == nil ? nil : "a relative include starts from the folder of the file that contains it")
        ))
      return nil
    case .success(let text):
      let source = sources.add(name: path, text: text)
      paths[source.id] = path
      guard let node = parseYAML(source, &findings) else { return nil }
      trees[source.id] = node
      guard let entries = node.entries else {
        findings.add(
          .error(
            "not-a-task", "a task file holds a mapping, found \(node.kind)", at: node.span,
            help: "begin with `task: NAME` or `group: NAME`, and write one `key: value` a line"))
        return nil
      }
      return merged(node, entries, path, chain, &findings)
    }
  }

  /// Lays the file's own keys over those of its includes, in their order; values are replaced whole.
  private mutating func merged(
    _ node: Node, _ own: [Node.Entry], _ path: String, _ chain: [(path: String, span: SourceSpan)],
    _ findings: inout Findings
  ) -> Node {
    guard let include = node["include"] else { return node }
    var base: [Node.Entry] = []
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
      base = base.overlaid(with: included.node?.entries?.filter { $0.key.value != "task_list" } ?? [])
    }
    let mine = own.filter { $0.key.value != "include" }
    return Node(.mapping(base.overlaid(with: mine)), at: node.span)
  }

  /// Resolves the include of an inline member, whose mapping stands inside another file.
  mutating func resolvingInclude(_ node: Node, _ findings: inout Findings) -> Node {
    guard let entries = node.entries, node["include"] != nil, let path = path(of: node.span) else {
      return node
    }
    return merged(node, entries, path, [], &findings)
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
