import Foundation
import TestKit
import Testing
import Tokenizers
import Values

/// Tokens that the `tokenizers` library gave for many lines; `Tools/inference/expect.py` wrote them.
@Suite struct `tokens are those of the library` {
  static let names = ["gpt2", "llama3", "qwen"]
  static let folder = repositoryRoot.appending(path: "Tests/TokenizersTests/Fixtures").path

  static func read(_ name: String) throws -> [Value] {
    let data = try #require(FileManager.default.contents(atPath: "\(folder)/\(name)"))
    return try #require(Value(json: data).asList)
  }

  @Test(arguments: names)
  func `each line becomes the same tokens`(_ name: String) throws {
    let tokenizer = try Tokenizer(file: "\(Self.folder)/\(name).json")
    let (lines, table) = (try Self.read("lines.json"), try Self.read("\(name).ids.json"))
    #expect(lines.count == table.count && lines.count >= 1500)
    for (line, row) in zip(lines, table) {
      let (line, row) = (try #require(line.asString), try #require(row.asList))
      let expected = try #require(row[0].asList).compactMap { $0.asInt.map { Int32($0) } }
      let plain = try tokenizer.encode(line, addingSpecial: false)
      #expect(plain == expected, "\(Value.string(line).repr)")
      let whole = try tokenizer.encode(line)
      #expect(whole.count - plain.count == row[1].asInt)
      guard row.count > 2 else { continue }
      #expect(sameBytes(tokenizer.decode(plain, skippingSpecial: true), try #require(row[2].asString)))
      #expect(sameBytes(tokenizer.decode(whole), try #require(row[3].asString)))
    }
  }

  @Test func `the same words from the cache are the same tokens`() throws {
    let tokenizer = try Tokenizer(file: "\(Self.folder)/gpt2.json")
    let line = "it was hot, and it was hot"
    #expect(try tokenizer.encode(line) == tokenizer.encode(line))
  }

  @Test func `special tokens are left out of a text on demand`() throws {
    let tokenizer = try Tokenizer(file: "\(Self.folder)/llama3.json")
    let ids = try tokenizer.encode("hot<|end|>")
    #expect(tokenizer.decode(ids) == "<|begin|>hot<|end|>")
    #expect(tokenizer.decode(ids, skippingSpecial: true) == "hot")
  }

  @Test func `a stream gives out whole characters only`() throws {
    let tokenizer = try Tokenizer(file: "\(Self.folder)/gpt2.json")
    let text = "aé👩‍👩‍👧 한\u{301}."
    var stream = StreamingText()
    var parts: [String] = []
    for id in try tokenizer.encode(text) { parts.append(stream.add(id, of: tokenizer)) }
    parts.append(stream.finish())
    #expect(parts.joined() == text)
    #expect(!parts.contains { $0.unicodeScalars.contains("\u{FFFD}") })
    #expect(parts.count > 5)
  }

  @Test func `a long word takes no quadratic time and the same tokens`() throws {
    let tokenizer = try Tokenizer(file: "\(Self.folder)/gpt2.json")
    let word = String(repeating: "ab", count: 50_000)
    let ids = try tokenizer.encode(word)
    #expect(tokenizer.decode(ids) == word)
  }
}
