import Foundation
import TestKit
import Testing
import Tokenizers
import Values

/// Tokens that the `tokenizers` library gave for many lines; `Tools/inference/expect.py` wrote them.
@Suite struct `tokens are those of the library` {
  static let names = [
    "albert", "bert", "bert-cased", "bytes-first", "clip", "deepseek", "gemma", "gpt2", "gpt4o", "llama2",
    "llama3",
    "mistral", "qwen", "subwords", "t5", "words",
  ]
  static let folder = repositoryRoot.appending(path: "Tests/TokenizersTests/Fixtures").path
  /// A folder with many more lines, which `Tools/inference/tokens.py` wrote.
  static let large = ProcessInfo.processInfo.environment["ASSAY_TEST_TOKENS"]

  static func read(_ name: String, in folder: String = folder) throws -> [Value] {
    let data = try #require(FileManager.default.contents(atPath: "\(folder)/\(name)"))
    return try #require(Value(json: data).asList)
  }

  @Test func `every tokenizer at hand is compared`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
    let written = files.filter { $0.hasSuffix(".ids.json") }.map { String($0.dropLast(".ids.json".count)) }
    #expect(written.sorted() == Self.names)
  }

  @Test(arguments: names)
  func `each line becomes the same tokens`(_ name: String) throws {
    let count = try Self.compare(name, in: Self.folder)
    #expect(count >= 500)
  }

  @Test(
    .enabled(if: large != nil, "ASSAY_TEST_TOKENS names no folder that Tools/inference/tokens.py wrote"),
    arguments: names)
  func `so does each of very many lines`(_ name: String) throws {
    let folder = try #require(Self.large)
    guard FileManager.default.fileExists(atPath: "\(folder)/\(name).ids.json") else { return }
    let count = try Self.compare(name, in: folder)
    #expect(count > 1000)
  }

  /// Compares the lines that have a row; tells how many.
  private static func compare(_ name: String, in folder: String) throws -> Int {
    let tokenizer = try Tokenizer(file: "\(folder)/\(name).json")
    let (lines, table) = (try read("lines.json", in: folder), try read("\(name).ids.json", in: folder))
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
    return table.count
  }

  @Test func `the same words from the cache are the same tokens`() throws {
    let tokenizer = try Tokenizer(file: "\(Self.folder)/gpt2.json")
    let line = "it was hot, and it was hot"
    #expect(try tokenizer.encode(line) == tokenizer.encode(line))
  }

  @Test func `a full cache forgets and goes on`() throws {
    let tokenizer = try Tokenizer(file: "\(Self.folder)/bert.json")
    let words = (0..<70_000).map { "w\($0)" }.joined(separator: " ")
    #expect(try tokenizer.encode(words) == tokenizer.encode(words))
  }

  @Test func `special tokens are left out of a text on demand`() throws {
    let tokenizer = try Tokenizer(file: "\(Self.folder)/llama3.json")
    let ids = try tokenizer.encode("hot<|end|>")
    #expect(tokenizer.decode(ids) == "<|begin|>hot<|end|>")
    #expect(tokenizer.decode(ids, skippingSpecial: true) == "hot")
  }

  @Test(arguments: ["gpt2", "llama2"])
  func `a long word takes no quadratic time and the same tokens`(_ name: String) throws {
    let tokenizer = try Tokenizer(file: "\(Self.folder)/\(name).json")
    let word = String(repeating: "ab", count: 50_000)
    let ids = try tokenizer.encode(word)
    #expect(tokenizer.decode(ids, skippingSpecial: true) == word)
  }
}
