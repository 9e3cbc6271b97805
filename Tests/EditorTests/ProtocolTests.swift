import Editor
import Foundation
import TestKit
import Testing
import Values

@Suite struct `the protocol of editors` {
  private func code(_ answer: OrderedMap) -> Value? { answer["error"]?.asMap?["code"] }

  @Test func `begins, ends, and refuses what comes before and after`() throws {
    try temporaryFolder { folder in
      var talk = Talk(folder, isInitialized: false)
      #expect(code(talk.ask("textDocument/hover", [:])) == -32002)
      let abilities = talk.result("initialize", Talk.abilities(folder)).asMap?["capabilities"]?.asMap
      #expect(abilities?["positionEncoding"] == "utf-16")
      #expect(code(talk.ask("initialize", [:])) == -32600)
      talk.tell("initialized", [:])
      #expect(talk.notes.contains { $0["method"] == "client/registerCapability" })
      #expect(code(talk.ask("textDocument/nothing", [:])) == -32601)
      #expect(code(talk.ask("textDocument/hover", [:])) == -32602)
      #expect(talk.ask("shutdown", [:])["result"]?.isNull == true)
      #expect(code(talk.ask("textDocument/hover", [:])) == -32600)
      talk.tell("exit", [:])
      #expect(talk.server.exitCode == 0)
      var rude = Talk(folder)
      rude.tell("exit", [:])
      #expect(rude.server.exitCode == 1)
    }
  }

  @Test func `takes back what has not been answered`() throws {
    try temporaryFolder { folder in
      var talk = Talk(folder)
      for id in 100..<103 {
        talk.server.enqueue(
          .message(["jsonrpc": "2.0", "id": .int(id), "method": "textDocument/hover", "params": [:]]))
      }
      talk.server.enqueue(.message(["jsonrpc": "2.0", "method": "$/cancelRequest", "params": ["id": 101]]))
      let answers = talk.collect()
      #expect(answers.map { $0["id"] } == [101, 100, 102])
      #expect(code(answers[0]) == -32800)
    }
  }

  @Test func `carries changes of parts of a text`() throws {
    try temporaryFolder { folder in
      var talk = Talk(folder)
      talk.open("t.yaml", "task: 𝄞a\r\nx: 1\r\n")
      func change(_ start: (Int, Int), _ end: (Int, Int), _ text: String) -> Value {
        [
          "range": [
            "start": ["line": .int(start.0), "character": .int(start.1)],
            "end": ["line": .int(end.0), "character": .int(end.1)],
          ], "text": .string(text),
        ]
      }
      talk.tell(
        "textDocument/didChange",
        [
          "textDocument": ["uri": .string(talk.uri("t.yaml")), "version": 2],
          "contentChanges": [
            change((0, 8), (0, 9), "bc"), change((1, 0), (1, 99), "y: 2"), change((9, 0), (9, 0), "# end"),
          ],
        ])
      #expect(talk.current("t.yaml") == "task: 𝄞bc\r\ny: 2\r\n# end")
    }
  }

  @Test func `is read from a stream however it is cut`() throws {
    let messages: [Value] = [["id": 1, "method": "a"], ["id": 2, "method": "é𝄞"]]
    let bytes = messages.flatMap(MessageReader.framed)
    for size in 1...bytes.count {
      var reader = MessageReader()
      var found: [Value] = []
      var at = 0
      while at < bytes.count {
        reader.add(bytes[at..<min(bytes.count, at + size)])
        at += size
        while case .message(let message)? = reader.next() { found.append(message) }
      }
      #expect(found == messages)
    }
  }

  @Test(arguments: [
    "nonsense\r\n\r\n", "Content-Length: x\r\n\r\n", "Content-Length: 3\r\n\r\n{a}",
    "Content-Length: 0\r\n\r\n",
    "Content-Length: -5\r\n\r\n", "Content-Length: 99999999999999999999\r\n\r\n", "Content-Type: a\r\n\r\n",
    "{\"jsonrpc\": \"2.0\"}\n",
  ])
  func `finds its way after what is no message`(_ nonsense: String) throws {
    var reader = MessageReader()
    reader.add(Array(nonsense.utf8))
    let good: Value = ["id": 7, "method": "shutdown"]
    reader.add(MessageReader.framed(good))
    var troubles = 0
    var found: [Value] = []
    while let item = reader.next() {
      switch item {
      case .message(let message): found.append(message)
      case .trouble: troubles += 1
      }
    }
    #expect(troubles == 1)
    #expect(found == [good])
  }

  @Test func `answers every request once, whatever its parameters are`() throws {
    let methods = [
      "textDocument/hover", "textDocument/completion", "textDocument/definition", "textDocument/codeAction",
      "textDocument/codeLens", "codeLens/resolve", "workspace/executeCommand", "textDocument/documentSymbol",
      "textDocument/didOpen", "textDocument/didChange", "workspace/didChangeConfiguration", "$/other",
    ]
    let odd: [Value] = [
      .null, 1, -1, "", "file:///nowhere.yaml", [], [:], true, 1.5, .int(Int.max), .int(Int.min),
      ["a", .null],
    ]
    var random = SeededRandom(seed: 5)
    func oddValue(_ depth: Int) -> Value {
      if depth > 2 || random.next() % 3 == 0 { return random.pick(odd) }
      let keys = [
        "textDocument", "uri", "position", "line", "character", "range", "start", "end", "context", "only",
        "contentChanges", "text", "data", "arguments", "command", "settings", "version",
      ]
      return .map(OrderedMap((0..<4).map { _ in (.string(random.pick(keys)), oddValue(depth + 1)) }))
    }
    try temporaryFolder { folder in
      var talk = Talk(folder)
      talk.open("t.yaml", "task: a\ndoc_to_text: \"{{x}}\"\n")
      for id in 1000..<3000 {
        let message: Value = [
          "jsonrpc": "2.0", "id": .int(id), "method": .string(random.pick(methods)), "params": oddValue(0),
        ]
        talk.server.enqueue(.message(message))
        let answers = talk.collect().filter { $0["id"] == .int(id) && $0["method"] == nil }
        #expect(answers.count == 1, "\(message.json())")
      }
      #expect(
        talk.result("textDocument/documentSymbol", ["textDocument": ["uri": .string(talk.uri("t.yaml"))]])
          .asList?.count == 2)
    }
  }

  @Test func `survives every place of every beginning of a file`() throws {
    let url = repositoryRoot.appending(path: "TaskLibrary/demo/demo_arithmetic.yaml")
    let text = try String(contentsOf: url, encoding: .utf8)
    try temporaryFolder { folder in
      var talk = Talk(folder)
      for (number, cut) in cuts(of: Array(text.utf8)).enumerated() where number % 7 == 0 {
        let part = String(decoding: cut, as: UTF8.self)
        talk.open("t.yaml", part)
        let place = talk.place("t.yaml", part + "‸")
        for method in ["textDocument/completion", "textDocument/hover", "textDocument/definition"] {
          #expect(talk.ask(method, place)["error"] == nil)
        }
        if number % 70 == 0 { _ = talk.findings("t.yaml") }
      }
    }
  }
}
