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
    (#""type":"BPE""#, #""type":"Trigram""#, "model", "`Trigram`"),
    (#""type":"BPE""#, #""type":"Unigram""#, "model.vocab", "should be a list"),
    (
      #""pattern":{"Regex":""#, #""pattern":{"Regex":"("#, "pre_tokenizer.pretokenizers[0].pattern",
      "cannot be read"
    ),
    (
      #""behavior":"Isolated""#, #""behavior":"Isolatd""#, "pre_tokenizer.pretokenizers[0].behavior",
      "`Isolatd`"
    ),
    (#""type":"TemplateProcessing""#, #""type":"Odd""#, "post_processor.processors[1]", "`Odd`"),
    (#""decoder":{"type":"ByteLevel""#, #""decoder":{"type":"Morse""#, "decoder", "`Morse`"),
    (#""normalizer":null"#, #""normalizer":{"type":"Uppercase"}"#, "normalizer", "`Uppercase`"),
    (
      #""normalizer":null"#, #""normalizer":{"type":"Precompiled","precompiled_charsmap":"AAEAAAAA"}"#,
      "normalizer.precompiled_charsmap", "256 bytes"
    ),
    (
      #""pattern":{"Regex":""#, #""pattern":{"Regex":"[a&&b]|"#, "pre_tokenizer.pretokenizers[0].pattern",
      "`&&`"
    ),
    (#""id":0,"content""#, #""id":-1,"content""#, "added_tokens[0].id", "token's number"),
    (#""id":0,"content""#, #""id":99999999999,"content""#, "added_tokens[0].id", "token's number"),
    (#""merges":["#, #""merges":["q","#, "model.merges[0]", "two tokens"),
    (#""vocab":{"#, #""vocab":{"q!":"x","#, "model.vocab.q!", "token's number"),
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

  /// What is read from damaged files may be wrong, but never ends the program.
  @Test(arguments: `tokens are those of the library`.names)
  func `changed at random is a message or a tokenizer`(_ name: String) throws {
    let folder = `tokens are those of the library`.folder
    let whole = try #require(FileManager.default.contents(atPath: "\(folder)/\(name).json"))
    var random = SeededRandom(seed: 7)
    let file = FileManager.default.temporaryDirectory.appending(path: "tokenizer-\(UUID()).json")
    defer { try? FileManager.default.removeItem(at: file) }
    for _ in 0..<(whole.count > 100_000 ? 12 : 60) {
      var bytes = [UInt8](whole)
      for _ in 0..<3 {
        // Numbers and letters are exchanged, so that most files are still JSON.
        let place = Int.random(in: bytes.indices, using: &random)
        switch bytes[place] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
          bytes[place] = UInt8(ascii: "0") + UInt8.random(in: 0...9, using: &random)
        case UInt8(ascii: "a")...UInt8(ascii: "z"): bytes[place] = UInt8.random(in: 97...122, using: &random)
        default: if Bool.random(using: &random) { bytes[place] = UInt8.random(in: 32...126, using: &random) }
        }
      }
      try Data(bytes).write(to: file)
      guard let tokenizer = try? Tokenizer(file: file.path) else { continue }
      for text in [" A wörd, 123 e\u{301} 日本\n\n", "", "<unk>WORD <0x41>"] {
        guard let ids = try? tokenizer.encode(text) else { continue }
        #expect(tokenizer.decode(ids).utf8.count < 10_000)
      }
    }
  }
}
