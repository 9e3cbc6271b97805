import Foundation
import TestKit
import Testing
import Tokenizers

@Suite struct `a damaged tokenizer file` {
  static let whole = try? String(
    contentsOfFile: repositoryRoot.appending(path: "Tests/TokenizersTests/Fixtures/llama3.json").path,
    encoding: .utf8)

  /// Reads a text as `tokenizer.json`.
  private func read(_ text: String) throws -> TokenizerError? {
    let file = FileManager.default.temporaryDirectory.appending(path: "tokenizer-\(UUID()).json")
    try text.write(to: file, atomically: false, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    do {
      _ = try Tokenizer(file: file.path)
      return nil
    } catch { return error }
  }

  @Test func `cut off anywhere is a message with line and column`() throws {
    let whole = try #require(Self.whole)
    for end in stride(from: 0, to: whole.utf8.count - 2, by: 97) {
      let error = try #require(try read(String(decoding: whole.utf8.prefix(end), as: UTF8.self)))
      #expect(error.place?.contains(":") == true && !error.help.isEmpty)
    }
  }

  @Test func `a missing file is a message`() {
    #expect(throws: TokenizerError.self) { try Tokenizer(file: "/nowhere/tokenizer.json") }
  }

  @Test(arguments: [
    (#""type":"BPE""#, #""type":"Unigram""#, "model", "`Unigram`"),
    (
      #""pattern":{"Regex":""#, #""pattern":{"Regex":"("#, "pre_tokenizer.pretokenizers[0].pattern",
      "cannot be read"
    ),
    (
      #""behavior":"Isolated""#, #""behavior":"Isolatd""#, "pre_tokenizer.pretokenizers[0].behavior",
      "`Isolatd`"
    ),
    (#""type":"TemplateProcessing""#, #""type":"Odd""#, "post_processor.processors[1]", "`Odd`"),
    (#""decoder":{"type":"ByteLevel""#, #""decoder":{"type":"Metaspace""#, "decoder", "`Metaspace`"),
    (#""normalizer":null"#, #""normalizer":{"type":"Lowercase"}"#, "normalizer", "`Lowercase`"),
    (#""id":0,"content""#, #""id":-1,"content""#, "added_tokens[0].id", "token's number"),
    (#""id":0,"content""#, #""id":99999999999,"content""#, "added_tokens[0].id", "token's number"),
    (#""merges":["#, #""merges":["q","#, "model.merges[0]", "two tokens"),
    (#""vocab":{"#, #""vocab":{"q!":"x","#, "model.vocab.q!", "token's number"),
    (
      #""continuing_subword_prefix":null"#, #""continuing_subword_prefix":"@@""#,
      "model.continuing_subword_prefix", "not supported"
    ),
  ])
  func `each mistake is named with its place`(_ old: String, _ new: String, _ place: String, _ said: String)
    throws
  {
    let whole = try #require(Self.whole)
    var changed = whole
    let range = try #require(changed.range(of: old))
    changed.replaceSubrange(range, with: new)
    let error = try #require(try read(changed))
    #expect(error.place == place)
    #expect(error.message.contains(said) && !error.help.isEmpty, "\(error)")
  }
}
