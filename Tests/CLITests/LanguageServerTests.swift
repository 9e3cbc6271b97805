import Dispatch
import Foundation
import Synchronization
import TestKit
import Testing
import Values

/// The server as an editor starts it: the built program, with pipes.
@Suite struct `the server over standard streams` {
  /// What has come and was not yet looked at; nil at the end.
  ///
  /// A pipe that nobody empties would stop the program.
  private final class Inbox: Sendable {
    let parts = Mutex<[[UInt8]?]>([])
    let more = DispatchSemaphore(value: 0)
  }

  /// A program that answers on its standard output.
  private final class Served {
    let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var bytes: [UInt8] = []
    private let inbox = Inbox()

    init(in folder: URL) throws {
      process.executableURL = Program.folder.appending(path: "assay")
      process.arguments = ["lsp", "--stdio"]
      process.currentDirectoryURL = folder
      process.standardInput = input
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      output.fileHandleForReading.readabilityHandler = { [inbox] handle in
        let data = handle.availableData
        if data.isEmpty { handle.readabilityHandler = nil }
        inbox.parts.withLock { $0.append(data.isEmpty ? nil : [UInt8](data)) }
        inbox.more.signal()
      }
      try process.run()
    }

    func send(_ bytes: some Sequence<UInt8>) throws {
      try input.fileHandleForWriting.write(contentsOf: Data(bytes))
    }

    func send(_ message: Value) throws {
      let body = Array(message.json().utf8)
      try send(Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
    }

    /// The next message; nil when the program has ended.
    func receive() throws -> OrderedMap? {
      let mark = Array("\r\n\r\n".utf8)
      while true {
        if let end = bytes.firstRange(of: mark) {
          let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
          let length = head.firstMatch(of: /Content-Length: (\d+)/).flatMap { Int($0.1) } ?? 0
          if bytes.count >= end.upperBound + length {
            let body = bytes[end.upperBound..<end.upperBound + length]
            bytes.removeFirst(end.upperBound + length)
            return try Value(json: body).asMap
          }
        }
        inbox.more.wait()
        guard let part = inbox.parts.withLock({ $0.removeFirst() }) else { return nil }
        bytes += part
      }
    }

    /// The next message that fits, those before it passed over.
    func next(_ fits: (OrderedMap) -> Bool) throws -> OrderedMap? {
      while let message = try receive() { if fits(message) { return message } }
      return nil
    }

    func answer(_ id: Int) throws -> OrderedMap? { try next { $0["id"] == .int(id) && $0["method"] == nil } }

    func findings(version: Int) throws -> [String]? {
      let note = try next {
        $0["method"] == "textDocument/publishDiagnostics" && $0["params"]?.asMap?["version"] == .int(version)
      }
      return note?["params"]?.asMap?["diagnostics"]?.asList?.compactMap { $0.asMap?["code"]?.asString }
    }

    func close() throws { try input.fileHandleForWriting.close() }
  }

  private func request(_ id: Int, _ method: String, _ params: Value = [:]) -> Value {
    ["jsonrpc": "2.0", "id": .int(id), "method": .string(method), "params": params]
  }

  private func note(_ method: String, _ params: Value = [:]) -> Value {
    ["jsonrpc": "2.0", "method": .string(method), "params": params]
  }

  private let text = """
    task: small
    dataset_path: json
    dataset_kwargs: {data_files: {test: rows.jsonl}}
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: "{{answer}}"
    generation_kwargs: {until: ["\\n"]}
    metadata: {version: 1.0}

    """

  private func open(_ uri: String, _ text: String) -> Value {
    note(
      "textDocument/didOpen",
      ["textDocument": ["uri": .string(uri), "languageId": "yaml", "version": 1, "text": .string(text)]])
  }

  private func change(_ uri: String, _ version: Int, _ text: String) -> Value {
    note(
      "textDocument/didChange",
      [
        "textDocument": ["uri": .string(uri), "version": .int(version)],
        "contentChanges": [["text": .string(text)]],
      ])
  }

  @Test func `goes through a session as an editor holds it`() throws {
    try temporaryFolder { folder in
      try folder.write("{\"question\": \"How?\", \"answer\": \"so\"}\n", to: "rows.jsonl")
      let uri = "file://" + folder.appending(path: "small.yaml").path
      let server = try Served(in: folder)
      try server.send(
        request(1, "initialize", ["capabilities": [:], "rootUri": .string("file://" + folder.path)]))
      let abilities = try server.answer(1)?["result"]?.asMap?["capabilities"]?.asMap
      #expect(abilities?["hoverProvider"] == true)
      try server.send(note("initialized"))
      try server.send(open(uri, text))
      #expect(try server.findings(version: 1) == [])
      // Letter for letter, which mostly is no YAML.
      var typed = ""
      var version = 1
      for letter in "filter_list: [{name: x, filter: [{function: regexp" {
        typed.append(letter)
        version += 1
        try server.send(change(uri, version, text + typed))
      }
      #expect(try server.findings(version: version) == ["malformed-yaml"])
      try server.send(
        request(
          2, "textDocument/completion",
          ["textDocument": ["uri": .string(uri)], "position": ["line": 8, "character": 49]]))
      let items = try server.answer(2)?["result"]?.asMap?["items"]?.asList ?? []
      #expect(items.contains { $0.asMap?["label"] == "regex" })
      try server.send(change(uri, version + 1, text + typed + "}]}]\n"))
      #expect(try server.findings(version: version + 1)?.contains("unknown-filter") == true)
      try server.send(request(3, "shutdown"))
      #expect(try server.answer(3)?["result"]?.isNull == true)
      try server.send(note("exit"))
      #expect(try server.receive() == nil)
      server.process.waitUntilExit()
      #expect(server.process.terminationStatus == 0)
    }
  }

  @Test func `answers damaged messages and goes on`() throws {
    try temporaryFolder { folder in
      let server = try Served(in: folder)
      try server.send(request(1, "initialize", ["capabilities": [:]]))
      _ = try server.answer(1)
      let uri = "file://" + folder.appending(path: "t.yaml").path
      let body = open(uri, text).json()
      let head = Array("Content-Length: \(body.utf8.count)\r\n\r\n".utf8)
      let whole = head + Array(body.utf8)
      var random = SeededRandom(seed: 11)
      for id in 100..<300 {
        var damaged = whole
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let place = Int.random(in: head.count..<damaged.count, using: &random)
          switch random.next() % 3 {
          case 0: damaged[place] = UInt8.random(in: 0...255, using: &random)
          case 1: damaged.remove(at: place)
          default: damaged.insert(random.pick(Array("{}[]\",:0\n".utf8)), at: place)
          }
        }
        try server.send(damaged)
        // What is shorter now takes some of what follows with it.
        try server.send([UInt8](repeating: 0x20, count: 16))
        for _ in 0..<2 { try server.send(request(id, "textDocument/unknown")) }
        if id % 20 == 0 { try server.send(Array(repeating: UInt8(ascii: "x"), count: 200)) }
      }
      for _ in 0..<40 { try server.send(request(999, "shutdown")) }
      #expect(try server.answer(999)?["result"]?.isNull == true)
      try server.send(note("exit"))
      server.process.waitUntilExit()
      #expect(server.process.terminationReason == .exit)
      #expect(server.process.terminationStatus == 0)
    }
  }

  @Test func `ends when the editor is gone`() throws {
    try temporaryFolder { folder in
      let server = try Served(in: folder)
      try server.send(request(1, "initialize", ["capabilities": [:]]))
      _ = try server.answer(1)
      try server.close()
      server.process.waitUntilExit()
      #expect(server.process.terminationReason == .exit)
      #expect(server.process.terminationStatus == 1)
    }
  }
}
