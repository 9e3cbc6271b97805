import Foundation
import Synchronization
import Tensors
import TestKit
import Testing
import Values

@testable import Inference

@Suite struct `each layer computes what transformers computes` {
  @Test(arguments: Expected.all.filter { $0.variant == 0 })
  func `after each layer`(_ expected: Expected) throws {
    try check(Decoder(folder: expected.folder), try #require(expected.value["activations"]?.asMap))
  }

  @Test(arguments: SmallModel.all)
  func `of each architecture`(_ model: SmallModel) throws {
    try check(model.decoder(), try #require(model.expected["activations"]?.asMap))
  }

  private func check(_ decoder: Decoder, _ golden: OrderedMap) throws {
    let tokens = try #require(golden["tokens"]).tokens
    let states = try #require(golden["states"]?.asList)
    #expect(states.count == decoder.shape.layers + 1)

    // The tokens in three pieces: what was cached must be seen as what is new.
    var cache = KeyValueCache(places: tokens.count + 9, decoder.shape)
    var run = Run(rows: tokens.count, decoder.shape)
    var rows = [[[Float]]](repeating: [], count: states.count)
    var start = 0
    for end in [2, 5, tokens.count] {
      var batch = Batch()
      batch.add(
        tokens[start..<end], position: start, of: tokens.count,
        before: [4..<4 + start].filter { !$0.isEmpty }, place: 4 + start)
      var layer = 0
      decoder.forward(batch, &cache, &run) { x in
        rows[layer] += (0..<x.rows).map { x.row($0) }
        layer += 1
      }
      start = end
    }
    for (layer, state) in states.enumerated() {
      for (row, golden) in zip(rows[layer], try #require(state.asList)) {
        let golden = try #require(golden.asList).compactMap(\.asDouble)
        #expect(golden.count == row.count)
        #expect(zip(row, golden).allSatisfy { abs(Double($0) - $1) < 2e-4 }, "layer \(layer)")
      }
    }
    var last = Matrix(capacity: 1, columns: decoder.shape.hidden)
    var logits = Matrix(capacity: 1, columns: decoder.shape.vocabulary)
    pick([run.h.rows - 1], of: run.h, &last)
    decoder.logits(last, &logits)
    let scores = try #require(golden["logits"]?.asList).compactMap(\.asDouble)
    #expect(zip(logits.row(0), scores).allSatisfy { abs(Double($0) - $1) < 1e-3 })
  }

  @Test func `and each file of an architecture is in the list`() throws {
    let folder = repositoryRoot.appending(path: "Sources/Inference/Architectures").path
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
      $0 != "KnownArchitectures.swift"
    }
    #expect(KnownArchitectures.all.map { "\($0).swift" } == files.sorted())
  }
}
