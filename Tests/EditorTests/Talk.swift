import Editor
import Foundation
import TestKit
import Values

/// An editor that talks to the server without streams.
struct Talk {
  var server: LanguageServer
  let folder: URL
  private var nextID = 0
  /// What the server has sent beside answers, the first first.
  private(set) var notes: [OrderedMap] = []
  private(set) var written: [String: String] = [:]

  init(_ folder: URL, encodings: [String] = [], canShow: Bool = false, isInitialized: Bool = true) {
    self.folder = folder
    server = LanguageServer(
      version: "test", library: [], mirrors: [], isReadingRows: false, notesFolder: folder.path + "/notes")
    guard isInitialized else { return }
    _ = ask("initialize", Self.abilities(folder, encodings: encodings, canShow: canShow))
    tell("initialized", [:])
  }

  static func abilities(_ folder: URL, encodings: [String] = [], canShow: Bool = false) -> OrderedMap {
    [
      "processId": .null, "rootUri": .string("file://" + folder.path),
      "capabilities": [
        "general": ["positionEncodings": .list(encodings.map { .string($0) })],
        "window": ["showDocument": ["support": .bool(canShow)]],
        "workspace": ["didChangeWatchedFiles": ["dynamicRegistration": true]],
      ],
    ]
  }

  func uri(_ name: String) -> String { "file://" + folder.appending(path: name).path }

  /// Sends a request; the whole answer.
  mutating func ask(_ method: String, _ params: OrderedMap) -> OrderedMap {
    nextID += 1
    let id = Value.int(nextID)
    server.enqueue(
      .message(["jsonrpc": "2.0", "id": id, "method": .string(method), "params": .map(params)]))
    return collect().first { $0["id"] == id && $0["method"] == nil } ?? [:]
  }

  mutating func result(_ method: String, _ params: OrderedMap) -> Value {
    ask(method, params)["result"] ?? .null
  }

  mutating func tell(_ method: String, _ params: OrderedMap) {
    server.enqueue(.message(["jsonrpc": "2.0", "method": .string(method), "params": .map(params)]))
    _ = collect()
  }

  /// Carries everything out that waits; what was sent.
  mutating func collect() -> [OrderedMap] {
    while server.hasMessages { server.step() }
    var sent: [OrderedMap] = []
    for effect in server.takeEffects() {
      switch effect {
      case .write(let path, let text): written[path] = text
      case .send(let message): sent.append(message.asMap ?? [:])
      }
    }
    notes += sent.filter { $0["method"] != nil }
    return sent
  }

  mutating func open(_ name: String, _ text: String) {
    tell(
      "textDocument/didOpen",
      [
        "textDocument": [
          "uri": .string(uri(name)), "languageId": "yaml", "version": 1, "text": .string(text),
        ]
      ])
  }

  mutating func change(_ name: String, _ text: String, version: Int = 2) {
    tell(
      "textDocument/didChange",
      [
        "textDocument": ["uri": .string(uri(name)), "version": .int(version)],
        "contentChanges": [["text": .string(text)]],
      ])
  }

  /// The text of a file as the server has it.
  func current(_ name: String) -> String? { server.text(of: uri(name)) }

  /// What is wrong with a file, once nobody types.
  mutating func findings(_ name: String) -> [OrderedMap] {
    while server.hasStaleDocuments { server.settle() }
    _ = collect()
    let published = notes.last {
      $0["method"] == "textDocument/publishDiagnostics" && $0["params"]?.asMap?["uri"] == .string(uri(name))
    }
    return published?["params"]?.asMap?["diagnostics"]?.asList?.compactMap(\.asMap) ?? []
  }

  /// The parameters for a place, given as a text in which `‸` marks it.
  func place(_ name: String, _ marked: String) -> OrderedMap {
    let before = marked.prefix { $0 != "‸" }
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    return [
      "textDocument": ["uri": .string(uri(name))],
      "position": [
        "line": .int(lines.count - 1), "character": .int(lines.last.map { $0.utf16.count } ?? 0),
      ],
    ]
  }

  /// Opens a text with `‸` in it, and the labels of what may be typed there.
  mutating func completions(_ marked: String) -> [String] {
    open("typed.yaml", marked.replacing("‸", with: ""))
    let items = result("textDocument/completion", place("typed.yaml", marked)).asMap?["items"]?.asList ?? []
    return items.compactMap { $0.asMap?["label"]?.asString }
  }

  mutating func hover(_ marked: String) -> String {
    open("typed.yaml", marked.replacing("‸", with: ""))
    let hover = result("textDocument/hover", place("typed.yaml", marked))
    return hover.asMap?["contents"]?.asMap?["value"]?.asString ?? ""
  }

  /// Where what is named at a mark leads: the file's name and the line from 0.
  mutating func definition(_ marked: String) -> String {
    open("typed.yaml", marked.replacing("‸", with: ""))
    guard let place = result("textDocument/definition", place("typed.yaml", marked)).asMap else { return "" }
    let file = place["uri"]?.text.split(separator: "/").last ?? ""
    return "\(file):\(place["range"]?.asMap?["start"]?.asMap?["line"]?.text ?? "")"
  }
}

/// Edits of one file, carried out.
func applied(_ edits: [Value], to text: String) -> String {
  var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf16) }
  func at(_ value: Value?) -> (Int, Int) {
    (value?.asMap?["line"]?.asInt ?? 0, value?.asMap?["character"]?.asInt ?? 0)
  }
  for edit in edits.reversed() {
    let range = edit.asMap?["range"]?.asMap
    let (start, end) = (at(range?["start"]), at(range?["end"]))
    let new = Array((edit.asMap?["newText"]?.text ?? "").utf16)
    let joined = lines[start.0][..<start.1] + new + lines[min(end.0, lines.count - 1)][end.1...]
    let parts = joined.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
    lines.replaceSubrange(start.0...min(end.0, lines.count - 1), with: parts)
  }
  return lines.map { String(decoding: $0, as: UTF16.self) }.joined(separator: "\n")
}
