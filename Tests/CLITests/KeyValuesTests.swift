import Foundation
import TestKit
import Testing
import Values

@testable import CLI

@Suite struct `items of keys and values` {
  @Test func `are read as the harness reads them`() throws {
    let file = repositoryRoot.appending(path: "Tests/CLITests/Fixtures/key_values.jsonl")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.count > 50)
    for line in lines {
      let entry = try #require(try Value(json: String(line)).asMap)
      let text = entry["text"]?.text ?? ""
      let map = try KeyValues([text], flag: "--model_args").map
      #expect(sameBytes(Value.map(map).repr, entry["repr"]?.text ?? ""), "\(text)")
      // A configuration file has other rules; what has no `=` is refused there.
      let configured = KeyValues.configured(text).map { Value.map($0).repr }
      #expect(configured == entry["configured"]?.text, "\(text)")
    }
  }

  @Test func `may be several words or one JSON object`() throws {
    #expect(try KeyValues(["a=1", "b=x,c=[2"], flag: "--f").map == ["a": 1, "b": "x", "c": "[2"])
    #expect(try KeyValues(["{\"a\": [1,", " 2]}"], flag: "--f").map == ["a": [1, 2]])
    #expect(try KeyValues(["{\"a\": 1, \"b\": 2}", "b=3"], flag: "--f").map == ["a": 1, "b": 3])
  }

  @Test func `say what is wrong`() {
    #expect(throws: (any Error).self) { try KeyValues(["a"], flag: "--f") }
    #expect(throws: (any Error).self) { try KeyValues(["=1"], flag: "--f") }
    #expect(throws: (any Error).self) { try KeyValues(["{\"a\": 1"], flag: "--f") }
  }

  @Test func `belong to flags that may be written with hyphens`() {
    #expect(
      Assay.normalized(["run", "--num-fewshot=3-4", "--limit", "-1", "--", "a-b"])
        == ["run", "--num_fewshot=3-4", "--limit", "-1", "--", "a-b"])
  }
}
