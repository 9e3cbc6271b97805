import Foundation
import TestKit
import Testing
import Values

/// Lines that `Tools/values/expect.py` had Python write.
func vectors(_ name: String) throws -> [OrderedMap] {
  let folder = URL(filePath: #filePath).deletingLastPathComponent()
  let text = try String(contentsOf: folder.appending(path: "Fixtures/\(name).jsonl"), encoding: .utf8)
  return try text.split(separator: "\n").map { try #require(try Value(json: String($0)).asMap) }
}

@Suite struct `what Python prints` {
  @Test func `a float has the shortest digits that read back`() throws {
    let lines = try vectors("floats")
    #expect(lines.count > 800)
    for line in lines {
      let bits = try #require(UInt64(line["bits"]?.text ?? ""))
      #expect(pythonRepr(Double(bitPattern: bits)) == line["repr"]?.text)
    }
  }

  @Test func `a text is quoted, stripped, raised and lowered`() throws {
    for line in try vectors("texts") {
      let text = try #require(line["text"]?.asString)
      #expect(sameBytes(pythonRepr(text), line["repr"]?.text ?? ""))
      #expect(sameBytes(text.pythonStripped, line["strip"]?.text ?? ""), "\(pythonRepr(text))")
      #expect(sameBytes(text.pythonLeftStripped, line["lstrip"]?.text ?? ""), "\(pythonRepr(text))")
      #expect(sameBytes(text.pythonRightStripped, line["rstrip"]?.text ?? ""), "\(pythonRepr(text))")
      #expect(sameBytes(text.pythonLowercased, line["lower"]?.text ?? ""), "\(pythonRepr(text))")
      #expect(sameBytes(text.pythonUppercased, line["upper"]?.text ?? ""), "\(pythonRepr(text))")
    }
  }

  @Test func `every letter with two cases has Python's`() throws {
    let lines = try vectors("letters")
    #expect(lines.count > 2000)
    for line in lines {
      let text = try #require(line["text"]?.asString)
      let letter = try #require(text.unicodeScalars.first)
      #expect(letter.isPythonSpace == (line["space"] == true), "\(pythonRepr(text))")
      #expect(sameBytes(text.pythonLowercased, line["lower"]?.text ?? ""), "\(pythonRepr(text))")
      #expect(sameBytes(text.pythonUppercased, line["upper"]?.text ?? ""), "\(pythonRepr(text))")
    }
  }

  @Test func `values print as Python's do`() {
    let map: Value = ["a": [1, 2.0, "it's"], "n": .null, "t": true]
    #expect(map.repr == "{'a': [1, 2.0, \"it's\"], 'n': None, 't': True}")
    #expect(Value.tuple([1]).repr == "(1,)")
    #expect(Value.tuple([]).repr == "()")
    #expect(Value.string("x").text == "x")
    #expect(Value.double(1).text == "1.0")
  }
}

@Suite struct `JSON` {
  private func failure(_ bytes: [UInt8]) -> JSONError? {
    do throws(JSONError) {
      _ = try Value(json: bytes)
      return nil
    } catch { return error }
  }

  @Test func `is read and written as Python does`() throws {
    for line in try vectors("json") {
      let text = try #require(line["text"]?.asString)
      guard let dumps = line["dumps"]?.text else {
        #expect(failure(Array(text.utf8)) != nil, "\(pythonRepr(text))")
        continue
      }
      let value = try Value(json: text)
      // A whole number beyond 64 bits is a double here, as in the rows of the `datasets` library.
      if dumps.count < 20 || !dumps.allSatisfy(\.isNumber) {
        #expect(sameBytes(value.json(), dumps))
        #expect(sameBytes(value.json(indent: 2), line["indented"]?.text ?? ""))
      }
    }
  }

  @Test func `made-up values come back as they went`() throws {
    var random = SeededRandom(seed: 11)
    for _ in 0..<500 {
      let value = random.value(depth: 3)
      let text = value.json()
      let back = try Value(json: text)
      #expect(back.repr == value.repr)
      #expect(back == value)
      let indented = try Value(json: value.json(indent: 1))
      #expect(indented.repr == value.repr)
    }
  }

  @Test func `cut at any byte it is an error within the text, never a crash`() throws {
    let text = "{\"a\": [1.5e-3, true, null, \"\\u00e9\\ud83d\\ude00 日\\n\"], \"b\": {\"c\": -12}}"
    #expect(failure(Array(text.utf8)) == nil)
    for cut in cuts(of: Array(text.utf8)) {
      #expect((0...cut.count).contains(failure(cut)?.offset ?? -1))
    }
  }

  @Test(arguments: [
    ("[1, x]", 4), ("{\"a\": 1", 7), ("[\"abc", 1), ("nul", 0), ("{\"a\" 1}", 5), ("1 2", 2), ("\"a\\q\"", 3),
    ("[01]", 3),
  ])
  func `an error says where`(_ text: String, _ offset: Int) {
    let error = failure(Array(text.utf8))
    #expect(error?.offset == offset, "\(error?.message ?? "")")
  }

  @Test func `texts one after another are told apart`() throws {
    let found = try Value.sequence(json: Array(" {\"a\":1}\n\n[2]3 ".utf8)[...])
    #expect(found.map(\.value.repr) == ["{'a': 1}", "[2]", "3"])
    #expect(found.map(\.offset) == [1, 10, 13])
  }

  @Test func `deep nesting is an error`() {
    #expect(failure([UInt8](repeating: UInt8(ascii: "["), count: 100_000)) != nil)
  }
}

extension SeededRandom {
  /// A value of any kind that JSON can hold.
  mutating func value(depth: Int) -> Value {
    let kind = Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &self)
    switch kind {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &self))
    case 2: return .int(pick([0, 1, -1, .max, .min, Int.random(in: -1000...1000, using: &self)]))
    case 3:
      return .double(
        pick([0, -0.0, 0.1, 1e300, .leastNonzeroMagnitude, Double.random(in: -1...1, using: &self)]))
    case 4, 5: return .string(pick(["", "a", "é", "e\u{301}", "\"\\\n\u{1}", "日本😀", "null", "\u{2028}"]))
    case 6: return .list((0..<Int.random(in: 0...4, using: &self)).map { _ in value(depth: depth - 1) })
    default:
      var map = OrderedMap()
      for _ in 0..<Int.random(in: 0...12, using: &self) {
        map[.string(pick(["a", "b", "é", "e\u{301}", "", "k\(Int.random(in: 0...9, using: &self))"]))] =
          value(depth: depth - 1)
      }
      return .map(map)
    }
  }
}
