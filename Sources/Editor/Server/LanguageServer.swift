public import Values

/// The Language Server Protocol as a value: messages go in, messages come out, and nothing else is touched.
public struct LanguageServer: Sendable {
  /// What is to be done for the editor.
  public enum Effect: Sendable {
    case send(Value)
    /// A text for the editor to show, which it reads from a file.
    case write(path: String, text: String)
  }

  enum Phase { case new, running, shutDown }

  var workspace: Workspace
  var phase = Phase.new
  private var queue: [Value] = []
  private var effects: [Effect] = []
  /// Documents whose findings are to be looked for anew.
  private var stale: [String] = []
  private var requestCount = 0
  var canWatchFiles = false
  var canShowDocuments = false
  /// Where texts that are to be shown are written.
  let notesFolder: String
  let version: String

  /// How the program is to end, once it is.
  public private(set) var exitCode: Int32?

  /// - Parameters:
  ///   - library: folders whose tasks are known by name.
  ///   - mirrors: folders with data sets.
  ///   - isReadingRows: whether rows are looked at for mistakes.
  ///   - notesFolder: for texts that the editor is to show.
  public init(
    version: String, library: [String], mirrors: [String], isReadingRows: Bool, notesFolder: String
  ) {
    self.version = version
    self.notesFolder = notesFolder
    workspace = Workspace(library: library, mirrors: mirrors, isReadingRows: isReadingRows)
  }

  // MARK: - In and out

  /// Takes in a message, to be answered in its turn.
  public mutating func enqueue(_ item: MessageReader.Item) {
    switch item {
    case .trouble(let message): reply(.null, error: .parseError, message)
    case .message(let message):
      if message.asMap?["method"] == "$/cancelRequest" { cancel(message) } else { queue.append(message) }
    }
  }

  /// Whether messages wait to be answered.
  public var hasMessages: Bool { !queue.isEmpty }
  /// Whether findings are to be looked for as soon as nobody types.
  public var hasStaleDocuments: Bool { !stale.isEmpty }

  /// Answers the next message.
  public mutating func step() {
    if !queue.isEmpty { handle(queue.removeFirst()) }
  }

  /// Looks for findings in one document that has changed.
  public mutating func settle() {
    guard !stale.isEmpty else { return }
    let uri = stale.removeFirst()
    guard let document = workspace.documents[uri] else { return }
    let isLookedAt = document.kind == .task || document.kind == .settings
    let findings = isLookedAt ? workspace.shown(workspace.report(document), in: document) : []
    publish(uri, document.version, findings)
  }

  /// A document's text as it stands after all changes.
  package func text(of uri: String) -> String? { workspace.documents[uri]?.text }

  public mutating func takeEffects() -> [Effect] {
    defer { effects = [] }
    return effects
  }

  mutating func markStale(_ uri: String) {
    stale.removeAll { $0 == uri }
    stale.append(uri)
  }

  mutating func markAllStale() { for uri in workspace.documents.keys.sorted() { markStale(uri) } }

  mutating func publish(_ uri: String, _ version: Value, _ findings: [Value]) {
    var params: OrderedMap = ["uri": .string(uri), "diagnostics": .list(findings)]
    if !version.isNull { params["version"] = version }
    notify("textDocument/publishDiagnostics", .map(params))
  }

  // MARK: - Messages

  enum Failure: Int, Error {
    case parseError = -32700
    case invalidRequest = -32600
    case unknownMethod = -32601
    case invalidParams = -32602
    case notInitialized = -32002
    case cancelled = -32800
  }

  mutating func reply(_ id: Value, _ result: Value) {
    effects.append(.send(["jsonrpc": "2.0", "id": id, "result": result]))
  }

  mutating func reply(_ id: Value, error: Failure, _ message: String) {
    effects.append(
      .send([
        "jsonrpc": "2.0", "id": id, "error": ["code": .int(error.rawValue), "message": .string(message)],
      ]))
  }

  mutating func notify(_ method: String, _ params: Value) {
    effects.append(.send(["jsonrpc": "2.0", "method": .string(method), "params": params]))
  }

  mutating func ask(_ method: String, _ params: Value) {
    requestCount += 1
    effects.append(
      .send([
        "jsonrpc": "2.0", "id": .string("assay-\(requestCount)"), "method": .string(method), "params": params,
      ]))
  }

  mutating func write(_ path: String, _ text: String) { effects.append(.write(path: path, text: text)) }

  /// A request that still waits is not carried out; one that has been answered is past help.
  private mutating func cancel(_ message: Value) {
    guard let id = message.asMap?["params"]?.asMap?["id"],
      let place = queue.firstIndex(where: { $0.asMap?["id"] == id && $0.asMap?["method"] != nil })
    else { return }
    queue.remove(at: place)
    reply(id, error: .cancelled, "cancelled")
  }

  private mutating func handle(_ message: Value) {
    guard let map = message.asMap else {
      return reply(.null, error: .invalidRequest, "a message is an object, found \(message.typeName)")
    }
    let id = map["id"]
    guard let method = map["method"]?.asString else {
      // Answers to what was asked of the editor need nothing more.
      if map["result"] != nil || map["error"] != nil { return }
      return reply(Self.usable(id), error: .invalidRequest, "a message has a `method`")
    }
    let params = map["params"]?.asMap ?? [:]
    if method == "exit" {
      exitCode = phase == .shutDown ? 0 : 1
      return
    }
    guard let id else {
      if phase == .running { notified(method, params) }
      return
    }
    do throws(Failure) {
      reply(Self.usable(id), try answer(method, params))
    } catch {
      reply(Self.usable(id), error: error, words(error, method))
    }
  }

  /// An id that can be sent back: a number or a text.
  private static func usable(_ id: Value?) -> Value {
    switch id {
    case .int, .string: id ?? .null
    default: .null
    }
  }

  private func words(_ failure: Failure, _ method: String) -> String {
    switch failure {
    case .notInitialized: "`initialize` comes first"
    case .invalidRequest: "`\(method)` cannot be asked now"
    case .unknownMethod: "there is no method `\(method)`"
    case .invalidParams: "the parameters of `\(method)` cannot be understood"
    case .parseError, .cancelled: "`\(method)` was not carried out"
    }
  }

  private mutating func answer(_ method: String, _ params: OrderedMap) throws(Failure) -> Value {
    switch (phase, method) {
    case (.new, "initialize"):
      phase = .running
      return initialize(params)
    case (.new, _): throw .notInitialized
    case (.running, "initialize"), (.shutDown, _): throw .invalidRequest
    case (.running, "shutdown"):
      phase = .shutDown
      return .null
    case (.running, _): return try result(method, params)
    }
  }
}
