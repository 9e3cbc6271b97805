import Exchange
import Foundation
import Tensors
import TestKit
import Testing
import Values

@testable import Inference

/// A very small model and what transformers computed with it in float32; `Tools/inference/architectures.py` wrote both.
struct SmallModel: Sendable, CustomTestStringConvertible {
  let name: String
  let expected: OrderedMap

  var testDescription: String { name }
  var folder: String { "\(Self.root)/\(name)" }

  static let root = repositoryRoot.appending(path: "Tests/InferenceTests/Fixtures/architectures").path

  static let all: [SmallModel] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return names.sorted().compactMap { name in
      let data = FileManager.default.contents(atPath: "\(root)/\(name)/expected.json") ?? Data()
      return (try? Value(json: data))?.asMap.map { SmallModel(name: name, expected: $0) }
    }
  }()

  func decoder() throws -> Decoder { try Decoder(folder: folder) }
}

extension Decoder {
  init(folder: String, as type: WeightType = .stored) throws {
    let checkpoint = try Checkpoint(folder: folder)
    self = try KnownArchitectures.read(ModelConfig(folder: folder), WeightReader(checkpoint, as: type))
  }

  /// The likeliest tokens after a prompt, one after the other.
  func greedy(_ prompt: [Int32], count: Int) -> [Int32] {
    var cache = KeyValueCache(places: prompt.count + count, shape)
    var run = Run(rows: prompt.count + count, shape)
    var last = Matrix(capacity: 1, columns: shape.hidden)
    var scores = Matrix(capacity: 1, columns: shape.vocabulary)
    var tokens = prompt
    var fed = 0
    while tokens.count < prompt.count + count {
      // Where the regime changes, all is read again.
      if regime(length: tokens.count) != regime(length: max(1, fed)) { fed = 0 }
      var batch = Batch()
      batch.add(
        tokens[fed...], position: fed, of: tokens.count, before: fed > 0 ? [0..<fed] : [], place: fed)
      forward(batch, &cache, &run)
      pick([run.h.rows - 1], of: run.h, &last)
      logits(last, &scores)
      fed = tokens.count
      tokens.append(distributions(scores)[0].best)
    }
    return Array(tokens[prompt.count...])
  }
}

extension Decoder {
  /// Scores with so many rows at once.
  func score(
    _ sequences: [ScoredSequence], rows: Int, _ deliver: (Int, Score) -> Void
  ) throws(ModelError) {
    let scorer = Scorer(decoder: self, memory: MemoryPlan(budget: 1 << 30, batchTokens: rows))
    var meter = TokenMeter { _ in }
    try scorer.score(sequences, scorer.order(sequences), &meter, deliver)
  }
}

extension Value {
  var tokens: [Int32] { asList?.compactMap { $0.asInt.map { Int32($0) } } ?? [] }
}

@Suite struct `each architecture computes what transformers computes` {
  @Test(arguments: SmallModel.all)
  func `likelihoods of requests, together and one by one`(_ model: SmallModel) throws {
    let rows = try #require(model.expected["likelihoods"]?.asList).compactMap(\.asList)
    #expect(rows.count == 10 && rows.contains { $0[3].isTruthy })
    let sequences = rows.map {
      ScoredSequence(context: $0[0].tokens, continuation: $0[1].tokens, maxLength: 128)
    }
    let decoder = try model.decoder()
    for budget in [24, 512] {
      try decoder.score(sequences, rows: budget) { index, score in
        let difference = abs(score.logProbability - (rows[index][2].asDouble ?? 0))
        #expect(difference < 1e-4, "request \(index), \(budget) rows at once")
        #expect(score.isGreedy == rows[index][3].isTruthy)
      }
    }
  }

  @Test(arguments: SmallModel.all)
  func `and writes the same 64 tokens`(_ model: SmallModel) throws {
    let greedy = try #require(model.expected["greedy"]?.asMap)
    let tokens = try #require(greedy["tokens"]).tokens
    #expect(tokens.count == 64)
    #expect(try model.decoder().greedy(try #require(greedy["prompt"]).tokens, count: 64) == tokens)
  }

  @Test func `and texts that grow beyond the short range of their positions`() throws {
    let model = try #require(SmallModel.all.first { $0.name == "phi-3-long" })
    let decoder = try model.decoder()
    #expect(decoder.regime(length: 24) == 0 && decoder.regime(length: 25) == 1)
    // Each of these tokens is a letter or sign of the tokenizer.
    var settings = LocalModelSettings()
    settings.tokenizerFolder = Expected.folder("gpt2-f16")
    let rules = try OpenedFolder(model.folder, settings).rules
    let stop = try StopRules(until: [], endTokens: [], maxTokens: 16, thinking: nil, rules)
    let shared: [Int32] = (0..<18).map { 2 + $0 * 3 }
    let prompts = [
      shared, shared + [9], shared + [9, 7, 5, 3, 11, 13, 8, 6], shared + [30, 31], [5], shared,
    ]
    let jobs = prompts.map {
      GenerationJob(
        prompt: $0, stop: stop, sampling: Sampling(GenerationOptions([:]), defaults: [:]), seed: 0)
    }
    for budget in [7, 400] {
      let memory = MemoryPlan(
        budget: 200 * KeyValueCache.bytes(decoder.shape) + budget * Run.bytes(decoder.shape),
        batchTokens: budget)
      let generator = Generator(decoder: decoder, tokenizer: rules.tokenizer, memory: memory)
      var forecast = Forecast(jobs)
      var meter = TokenMeter { _ in }
      try generator.run(jobs, &forecast, &meter) { job, text, _ in
        #expect(text == stop.text(decoder.greedy(prompts[job], count: 16), rules.tokenizer), "job \(job)")
      }
    }
  }
}
