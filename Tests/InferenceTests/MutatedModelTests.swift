import Foundation
import Tensors
import Testing
import Values

@testable import Inference

@Suite struct `a model folder that was changed at random` {
  /// A copy of a small model, given to the body and removed.
  private func withCopy(of model: SmallModel, _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "model-\(UUID())").path
    try FileManager.default.copyItem(atPath: model.folder, toPath: folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  /// Opens a folder and computes a little: either there is an error that says what to do, or numbers come out.
  private func isRefused(_ folder: String) throws -> Bool {
    do {
      let decoder = try Decoder(folder: folder)
      #expect(decoder.greedy([1, 2, 0], count: 2).count == 2)
      return false
    } catch let error as ModelError {
      #expect(error.kind == .unusable && !error.message.isEmpty && error.help != nil)
      return true
    } catch let error as TensorError {
      #expect(!error.message.isEmpty && !error.help.isEmpty)
      return true
    }
  }

  private static let lies: [Value] = [
    0, -1, 1, 2, 3, 7, 48, 1_000_000_007, .int(.max), 0.3, 2.5, -0.5, 1e300, "x", "", true, false, .null, [],
    [1, 2], [:],
  ]

  @Test(arguments: SmallModel.all)
  func `in its configuration is refused or computes`(_ model: SmallModel) throws {
    var random = PythonRandom(seed: 5)
    let path = "\(model.folder)/config.json"
    let config = try #require(try Value(json: FileManager.default.contents(atPath: path) ?? Data()).asMap)
    try withCopy(of: model) { folder in
      var refused = 0
      for key in config.keys {
        for _ in 0..<3 {
          var changed = config
          let lie = Self.lies[Int(random.random() * Double(Self.lies.count))]
          if var inner = config[key]?.asMap, let part = inner.keys.first {
            inner[part] = lie
            changed[key] = .map(inner)
          } else {
            changed[key] = lie
          }
          let text = Value.map(changed).json()
          try text.write(toFile: "\(folder)/config.json", atomically: false, encoding: .utf8)
          if try isRefused(folder) { refused += 1 }
        }
      }
      #expect(refused > 10)
    }
  }

  @Test(arguments: SmallModel.all)
  func `in the header of its weights is refused or computes`(_ model: SmallModel) throws {
    var random = PythonRandom(seed: 6)
    let whole = try Data(contentsOf: URL(filePath: "\(model.folder)/model.safetensors"))
    let header = 8 + Int(whole[0]) + Int(whole[1]) << 8
    try withCopy(of: model) { folder in
      var refused = 0
      for _ in 0..<60 {
        var bytes = whole
        let place = Int(random.random() * Double(header))
        bytes[place] = random.random() < 0.5 ? UInt8(random.random() * 256) : UInt8(48 + random.random() * 10)
        if random.random() < 0.1 { bytes = bytes.prefix(place) }
        try bytes.write(to: URL(filePath: "\(folder)/model.safetensors"))
        if try isRefused(folder) { refused += 1 }
      }
      #expect(refused > 20)
    }
  }

  @Test func `says all that is wrong with the configuration at once`() throws {
    let model = try #require(SmallModel.all.first { $0.name == "llama" })
    try withCopy(of: model) { folder in
      let file = "\(folder)/config.json"
      let text = try String(contentsOfFile: file, encoding: .utf8)
        .replacing("\"hidden_size\": 16", with: "\"hidden_size\": -16")
        .replacing("\"hidden_act\": \"silu\"", with: "\"hidden_act\": \"sulu\"")
        .replacing("\"vocab_size\"", with: "\"vocabulary_size\"")
      try text.write(toFile: file, atomically: false, encoding: .utf8)
      let error = try #require(throws: ModelError.self) { try Decoder(folder: folder) }
      for part in ["`hidden_size` should be", "`hidden_act` is `sulu`", "`vocab_size` is missing"] {
        #expect(error.message.contains(part), "\(error)")
      }
    }
  }

  @Test func `says all that is wrong with the weights at once`() throws {
    let model = try #require(SmallModel.all.first { $0.name == "llama" })
    try withCopy(of: model) { folder in
      let file = URL(filePath: "\(folder)/model.safetensors")
      var bytes = try Data(contentsOf: file)
      for (name, other) in [("layers.0.mlp.up_proj", "layers.0.mlp.upward_"), ("[16,24]", "[24,16]")] {
        let place = try #require(bytes.range(of: Data(name.utf8)))
        bytes.replaceSubrange(place, with: Data(other.utf8))
      }
      try bytes.write(to: file)
      let error = try #require(throws: ModelError.self) { try Decoder(folder: folder) }
      for part in [
        "1 tensor is missing: `model.layers.0.mlp.up_proj.weight`", "1 tensor has another shape: `",
        "is [24, 16] and should be [16, 24]",
        "1 tensor has no place in this architecture: `model.layers.0.mlp.upward_.weight`",
      ] {
        #expect(error.message.contains(part), "\(error)")
      }
    }
  }

  @Test func `to an architecture of no file is refused with the list of what there is`() throws {
    let model = try #require(SmallModel.all.first { $0.name == "llama" })
    try withCopy(of: model) { folder in
      try #"{"architectures": ["MambaForCausalLM"]}"#
        .write(toFile: "\(folder)/config.json", atomically: false, encoding: .utf8)
      let error = try #require(throws: ModelError.self) { try Decoder(folder: folder) }
      #expect(error.message.contains("names `MambaForCausalLM`"))
      for name in KnownArchitectures.names { #expect(error.help?.contains(name) == true) }
    }
  }

  @Test func `to longer texts than its positions have a meaning for is refused`() throws {
    for (name, positions) in [("llama-dynamic", 128), ("gpt2", 128), ("opt", 128), ("gpt-j", 128)] {
      let model = try #require(SmallModel.all.first { $0.name == name })
      #expect(try model.decoder().shape.positions == positions)
    }
  }

  @Test(arguments: [WeightType.bfloat16, .int8])
  func `to fewer bits changes scores by little`(_ type: WeightType) throws {
    let prompt: [Int32] = [3, 9, 27]
    for model in SmallModel.all {
      let decoders = try [WeightType.stored, type].map { try Decoder(folder: model.folder, as: $0) }
      let scores = decoders.map { decoder in
        var score = 0.0
        let asked = ScoredSequence(context: prompt, continuation: [4], maxLength: 9)
        try? decoder.score([asked], rows: 9) { score = $1.logProbability }
        return score
      }
      #expect(scores[0] != scores[1] && abs(scores[0] - scores[1]) < 0.3, "\(model.name): \(scores)")
    }
  }
}
