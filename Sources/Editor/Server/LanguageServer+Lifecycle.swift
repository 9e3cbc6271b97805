import Values

extension LanguageServer {
  static let showPrompt = "assay.showPrompt"

  mutating func initialize(_ params: OrderedMap) -> Value {
    let abilities = params["capabilities"]?.asMap ?? [:]
    let offered = abilities["general"]?.asMap?["positionEncodings"]?.asList?.compactMap(\.asString) ?? []
    workspace.encoding = PositionEncoding(offered: offered)
    canWatchFiles =
      abilities["workspace"]?.asMap?["didChangeWatchedFiles"]?.asMap?["dynamicRegistration"]?.isTruthy
      ?? false
    canShowDocuments = abilities["window"]?.asMap?["showDocument"]?.asMap?["support"]?.isTruthy ?? false
    let folders = params["workspaceFolders"]?.asList?.compactMap { $0.asMap?["uri"]?.asString } ?? []
    let root = params["rootUri"]?.asString
    workspace.folders = (folders.isEmpty ? [root].compactMap(\.self) : folders).map(FileURI.path)
    take(params["initializationOptions"]?.asMap ?? [:])
    return [
      "capabilities": .map(self.abilities),
      "serverInfo": ["name": "assay", "version": .string(version)],
    ]
  }

  /// What the server can do.
  private var abilities: OrderedMap {
    var abilities: OrderedMap = ["positionEncoding": .string(workspace.encoding.rawValue)]
    abilities["textDocumentSync"] = ["openClose": true, "change": 2, "save": ["includeText": false]]
    for ability in ["hoverProvider", "definitionProvider", "documentSymbolProvider"] {
      abilities[.string(ability)] = true
    }
    abilities["completionProvider"] = ["triggerCharacters": ["{", " ", "[", "-"]]
    abilities["codeActionProvider"] = ["codeActionKinds": ["quickfix", .string(Workspace.fixAllKind)]]
    abilities["codeLensProvider"] = ["resolveProvider": true]
    abilities["executeCommandProvider"] = ["commands": [.string(Self.showPrompt)]]
    abilities["workspace"] = ["workspaceFolders": ["supported": true, "changeNotifications": true]]
    return abilities
  }

  /// Settings of the editor, under the names of the command line.
  mutating func take(_ settings: OrderedMap) {
    if let folders = settings["include_path"]?.asList?.compactMap(\.asString) {
      workspace.library += folders.filter { !workspace.library.contains($0) }
    }
    if let mirrors = settings["dataset_mirror"]?.asList?.compactMap(\.asString) {
      workspace.mirrors += mirrors
    }
    if case .bool(let isOn)? = settings["data"] { workspace.isReadingRows = isOn }
    workspace.forgetFiles()
  }

  /// Once it is ready, the editor is asked to say what changes on disk.
  mutating func watchFiles() {
    guard canWatchFiles else { return }
    let globs = ["**/*.yaml", "**/*.yml", "**/*.py", "**/*.jsonl", "**/*.json", "**/*.csv"]
    ask(
      "client/registerCapability",
      [
        "registrations": [
          [
            "id": "assay-files", "method": "workspace/didChangeWatchedFiles",
            "registerOptions": ["watchers": .list(globs.map { ["globPattern": .string($0)] })],
          ]
        ]
      ])
  }

  // MARK: - What the editor tells

  mutating func notified(_ method: String, _ params: OrderedMap) {
    let document = params["textDocument"]?.asMap ?? [:]
    switch method {
    case "initialized": watchFiles()
    case "textDocument/didOpen":
      guard let uri = document["uri"]?.asString, let text = document["text"]?.asString else { return }
      workspace.documents[uri] = OpenDocument(uri: uri, version: document["version"] ?? .null, text: text)
      changed(uri)
    case "textDocument/didChange":
      guard let uri = document["uri"]?.asString, let changes = params["contentChanges"]?.asList else {
        return
      }
      let isUnderstood = workspace.documents[uri]?.apply(
        changes, version: document["version"] ?? .null, workspace.encoding)
      if isUnderstood == false {
        notify(
          "window/logMessage", ["type": 1, "message": .string("a change of \(uri) cannot be understood")])
      }
      changed(uri)
    case "textDocument/didClose":
      guard let uri = document["uri"]?.asString else { return }
      workspace.documents[uri] = nil
      publish(uri, .null, [])
      workspace.noteChange(of: FileURI.path(uri))
    case "textDocument/didSave":
      // An editor that does not watch files may have had others changed meanwhile, by whatever program.
      if !canWatchFiles { workspace.forgetFiles() }
      markAllStale()
    case "workspace/didChangeWatchedFiles":
      for change in params["changes"]?.asList ?? [] {
        if let uri = change.asMap?["uri"]?.asString { workspace.noteChange(of: FileURI.path(uri)) }
      }
      markAllStale()
    case "workspace/didChangeConfiguration":
      let settings = params["settings"]?.asMap ?? [:]
      take(settings["assay"]?.asMap ?? settings)
      markAllStale()
    case "workspace/didChangeWorkspaceFolders":
      let event = params["event"]?.asMap ?? [:]
      func paths(_ key: String) -> [String] {
        (event[key]?.asList ?? []).compactMap { $0.asMap?["uri"]?.asString }.map(FileURI.path)
      }
      let removed = paths("removed")
      workspace.folders = workspace.folders.filter { !removed.contains($0) } + paths("added")
      workspace.forgetFiles()
      markAllStale()
    default: break
    }
  }

  private mutating func changed(_ uri: String) {
    workspace.noteChange(of: FileURI.path(uri))
    markStale(uri)
    // What others include or name as members may have changed for them.
    for other in workspace.documents.values where other.uri != uri {
      if other.text.contains("include:") || other.isGroup { markStale(other.uri) }
    }
  }
}
