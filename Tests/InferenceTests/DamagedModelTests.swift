import Exchange
import Foundation
import TestKit
import Testing
import Values

@testable import Inference

@Suite struct `a damaged model folder` {
  /// A copy of a model to damage, and what opening it then says.
  private func open(_ model: String, _ damage: (String) throws -> Void) throws -> ModelError? {
    let folder = FileManager.default.temporaryDirectory.appending(path: "model-\(UUID())").path
    try FileManager.default.copyItem(atPath: Expected.folder(model), toPath: folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try damage(folder)
    do throws(ModelError) {
      _ = try LocalModel(folder: folder)
      return nil
    } catch { return error }
  }

  private func replace(_ old: String, _ new: String, in file: String) throws {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains(old))
    try text.replacing(old, with: new).write(toFile: file, atomically: false, encoding: .utf8)
  }

  @Test(arguments: Expected.models)
  func `is not damaged before it is`(_ model: String) throws { #expect(try open(model) { _ in } == nil) }

  @Test(arguments: [
    (
      "\"hidden_size\": 48", "\"hidden_size\": 64",
      "36 tensors have another shape: `model.embed_tokens.weight` is [600, 48] and should be [600, 64]"
    ),
    ("\"hidden_size\": 48", "\"hidden_size\": 4.5", "`hidden_size` should be a whole number"),
    ("\"hidden_size\": 48", "\"hidden_size\": 99999999999", "`hidden_size` should be a whole number"),
    ("\"vocab_size\": 600", "\"vocab_size\": -1", "`vocab_size` should be a whole number"),
    (
      "\"num_hidden_layers\": 3", "\"num_hidden_layers\": 4",
      "16 tensors are missing: `model.layers.3.input_layernorm.weight`"
    ),
    (
      "\"num_hidden_layers\": 3", "\"num_hidden_layers\": 2",
      "16 tensors have no place in this architecture: `model.layers.2.input_layernorm.weight`"
    ),
    (
      "\"attention_bias\": true", "\"attention_bias\": false", "12 tensors have no place in this architecture"
    ),
    ("\"num_key_value_heads\": 2", "\"num_key_value_heads\": 4", "does not divide the 6 heads"),
    ("\"head_dim\": 8", "\"head_dim\": 7", "it must be even"),
    ("\"hidden_act\": \"silu\"", "\"hidden_act\": \"sylu\"", "`hidden_act` is `sylu`"),
    ("\"rope_type\": \"llama3\"", "\"rope_type\": \"yarnn\"", "`rope_type` is `yarnn`"),
    ("LlamaForCausalLM", "LamaForCausalLM", "names `LamaForCausalLM`"),
    ("\"architectures\"", "architectures", "is not JSON"),
  ])
  func `by a configuration that lies`(_ old: String, _ new: String, _ said: String) throws {
    let error = try #require(try open("llama-f32") { try replace(old, new, in: "\($0)/config.json") })
    #expect(error.kind == .unusable)
    #expect(error.message.contains(said), "\(error)")
    #expect(error.help != nil)
  }

  @Test(arguments: [
    "config.json", "tokenizer.json", "model.safetensors.index.json", "model-00002-of-00004.safetensors",
  ])
  func `by a missing file`(_ name: String) throws {
    let error = try #require(
      try open("llama-bf16") { try FileManager.default.removeItem(atPath: "\($0)/\(name)") })
    #expect(error.kind == .unusable && error.help != nil)
    #expect(error.message.contains(name), "\(error)")
  }

  @Test func `by an index that names no file`() throws {
    let error = try #require(
      try open("llama-bf16") {
        try replace("model-00002-of", "../model-00002-of", in: "\($0)/model.safetensors.index.json")
      })
    #expect(error.message.contains("the index gives no file name"))
  }

  @Test func `by weights cut off at any byte`() throws {
    for share in stride(from: 0.0, to: 1, by: 0.07) {
      let error = try #require(
        try open("gpt2-f16") { folder in
          let file = "\(folder)/model.safetensors"
          let bytes = try Data(contentsOf: URL(filePath: file))
          try bytes.prefix(Int(Double(bytes.count) * share)).write(to: URL(filePath: file))
        })
      #expect(error.kind == .unusable && error.message.contains("model.safetensors"))
    }
  }

  @Test func `by a length beyond its positions`() {
    var settings = LocalModelSettings()
    settings.maxLength = 4096
    #expect(throws: ModelError.self) { try LocalModel(folder: Expected.folder("gpt2-f16"), settings) }
  }

  @Test func `by weights that are not numbers`() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "model-\(UUID())").path
    try FileManager.default.copyItem(atPath: Expected.folder("llama-f32"), toPath: folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = URL(filePath: "\(folder)/model.safetensors")
    var bytes = try Data(contentsOf: file)
    bytes.replaceSubrange(bytes.count - 400..<bytes.count, with: Data(repeating: 0xFF, count: 400))
    try bytes.write(to: file)
    let model = try LocalModel(folder: folder)
    for ask in [
      Request.Ask.loglikelihood(context: "a", continuation: " b"),
      .generate(context: "a", options: GenerationOptions(["max_gen_toks": 3])),
    ] {
      await #expect(throws: ModelError.self) { try await model.answers([Request(ask)]) }
    }
  }
}
