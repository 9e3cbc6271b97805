import Diagnostics
public import Exchange
import Schema
public import Values
import YAML

/// The backends that can be chosen by name.
public struct BackendRegistry: Sendable {
  /// What documentation says of one backend.
  public struct Page: Sendable {
    public let name: String
    public let aliases: [String]
    public let about: String
    /// Name, shape, default and meaning of each argument.
    public let arguments: [(name: String, shape: String, fallback: String?, about: String)]
  }

  private struct Entry: Sendable {
    let page: Page
    let ignored: [String]
    let make: @Sendable (OrderedMap, BackendContext) throws(BackendError) -> any Backend
    let fit: @Sendable (OrderedMap, BackendContext) throws(BackendError) -> BackendFit
    let takesConversations: @Sendable (OrderedMap) -> Bool
  }

  private var entries: [String: Entry] = [:]
  private var aliases: [String: String] = [:]

  public init() {}

  /// Every backend file of this module.
  public static let builtin: BackendRegistry = {
    var registry = BackendRegistry()
    registry.add(Dummy.self)
    registry.add(Native.self)
    registry.add(Replay.self)
    registry.add(Scripted.self)
    registry.add(OpenAICompletions.self)
    registry.add(LocalCompletions.self)
    registry.add(OpenAIChatCompletions.self)
    registry.add(LocalChatCompletions.self)
    registry.add(AnthropicChat.self)
    registry.add(VLLM.self)
    registry.add(SGLang.self)
    registry.add(LlamaCpp.self)
    registry.add(GGUF.self)
    registry.add(Ollama.self)
    return registry
  }()

  /// Adds a backend; two of one name are the programmer's mistake.
  public mutating func add<Plugin: BackendPlugin>(_ plugin: Plugin.Type) {
    precondition(entries[plugin.name] == nil, "two backends named \(plugin.name)")
    let page = Page(
      name: plugin.name, aliases: plugin.aliases, about: plugin.about,
      arguments: plugin.schema.keys.map { ($0.name, $0.shape, $0.fallback, $0.about) })
    entries[plugin.name] = Entry(
      page: page, ignored: plugin.ignoredArguments,
      make: { arguments, context throws(BackendError) in
        try Plugin(try settings(of: plugin, arguments, context), context)
      },
      fit: { arguments, context throws(BackendError) in
        try plugin.fit(try settings(of: plugin, arguments, context))
      }, takesConversations: plugin.takesConversations)
    for alias in plugin.aliases { aliases[alias] = plugin.name }
  }

  /// The names, without aliases, sorted.
  public var names: [String] { entries.keys.sorted() }

  public var pages: [Page] { names.compactMap { entries[$0]?.page } }

  /// The name behind an alias.
  public func canonicalName(_ name: String) -> String { aliases[name] ?? name }

  /// Whether an argument changes nothing for a backend.
  public func ignores(_ argument: String, of name: String) -> Bool {
    entries[aliases[name] ?? name]?.ignored.contains(argument) ?? false
  }

  /// Whether conversations go to a backend as they are, to be put into the model's format by its server.
  public func takesConversations(_ name: String, _ arguments: OrderedMap) -> Bool {
    entries[aliases[name] ?? name]?.takesConversations(arguments) ?? false
  }

  /// Makes the backend of a name from the arguments of `--model_args`.
  public func make(
    _ name: String, _ arguments: OrderedMap = [:], _ context: BackendContext = BackendContext()
  ) throws(BackendError) -> any Backend {
    try entry(name).make(arguments, context)
  }

  /// What the backend of a name takes with some arguments; nothing large is read for it.
  public func fit(
    _ name: String, _ arguments: OrderedMap = [:], _ context: BackendContext = BackendContext()
  ) throws(BackendError) -> BackendFit {
    try entry(name).fit(arguments, context)
  }

  private func entry(_ name: String) throws(BackendError) -> Entry {
    guard let entry = entries[aliases[name] ?? name] else {
      let near = (names + aliases.keys.sorted()).nearest(to: name)
      throw BackendError(
        .unusable, "there is no model backend `\(name)`",
        help: (near.map { "did you mean `\($0)`? " } ?? "") + "there are \(names.joined(separator: ", "))")
    }
    return entry
  }
}

/// Reads the arguments of a backend by its schema, all mistakes at once.
private func settings<Plugin: BackendPlugin>(
  of plugin: Plugin.Type, _ arguments: OrderedMap, _ context: BackendContext
) throws(BackendError) -> Plugin.Settings {
  var findings = Findings()
  let root = Node(arguments)
  try refuse(arguments, of: plugin)
  let own = plugin.schema.keys.map(\.name)
  let idle = plugin.ignoredArguments + plugin.refusedArguments.keys.sorted()
  for entry in root.entries ?? [] where !own.contains(entry.key.value) && !idle.contains(entry.key.value) {
    let isNear = (own + idle).nearest(to: entry.key.value) != nil
    findings.add(.unknownKey(entry.key, among: isNear ? own + idle : own))
  }
  let settings = plugin.schema.decode(root, &findings) { _ in true }
  let ignored = arguments.keys.map(\.text).filter { plugin.ignoredArguments.contains($0) }
  if !ignored.isEmpty {
    let list = ignored.map { "`\($0)`" }.joined(separator: ", ")
    context.remark(
      Remark(
        "ignored-model-arguments",
        "\(list) of the model arguments \(ignored.count == 1 ? "changes" : "change") nothing for `\(plugin.name)`"
      )
    )
  }
  if let settings, !findings.hasErrors { return settings }
  let errors = findings.all.filter { $0.severity == .error }
  let help = errors.filter { $0.fix == nil }.compactMap(\.help).joined(separator: "; ")
  throw BackendError(
    .unusable,
    "model arguments of `\(plugin.name)`: "
      + errors.map { finding in
        // Places mean nothing here, so a value is named by its key.
        let key = root.entries?.first { $0.value.span == finding.span }?.key.value
        let near = finding.fix.map { " (did you mean `\($0.edits[0].replacement)`?)" } ?? ""
        let isNamed = key.map { finding.message.contains("`\($0)`") } ?? true
        return (isNamed ? "" : "`\(key ?? "")`: ") + finding.message + near
      }.joined(separator: "; "),
    help: help.isEmpty ? nil : help)
}

/// What would change the answers is refused rather than passed over.
private func refuse<Plugin: BackendPlugin>(
  _ arguments: OrderedMap, of plugin: Plugin.Type
) throws(BackendError) {
  for (key, value) in arguments where value.isTruthy {
    guard let help = plugin.refusedArguments[key.text] else { continue }
    throw BackendError(.unusable, "`\(plugin.name)` cannot heed the model argument `\(key.text)`", help: help)
  }
}

extension Node {
  /// A tree from values that were never written as YAML; each entry has a place of its own to be told apart by.
  fileprivate init(_ map: OrderedMap) {
    let source = SourceID(index: .max)
    let entries = map.enumerated().map { index, pair in
      let place = UInt32(index * 2 + 1)
      return Entry(
        key: Located(pair.0.text, at: SourceSpan(source: source, start: place, end: place)), keyValue: pair.0,
        value: Node(pair.1, at: SourceSpan(source: source, start: place, end: place + 1)))
    }
    self.init(.mapping(entries), at: SourceSpan(source: source, start: 0, end: 0))
  }

  private init(_ value: Value, at span: SourceSpan) {
    switch value {
    case .list(let items), .tuple(let items): self.init(.sequence(items.map { Node($0, at: span) }), at: span)
    case .map(let map):
      self.init(
        .mapping(
          map.map { Entry(key: Located($0.text, at: span), keyValue: $0, value: Node($1, at: span)) }),
        at: span)
    default:
      self.init(.scalar(Scalar(EmbeddedText(value.text, at: span), style: .plain, value: value)), at: span)
    }
  }
}
