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
    let golden = try #require(expected.value["activations"]?.asMap)
    let tokens = try #require(golden["tokens"]?.asList).compactMap { $0.asInt.map { Int32($0) } }
    let states = try #require(golden["states"]?.asList)
    let config = try ModelConfig(folder: expected.folder)
    var checkpoint = try Checkpoint(folder: expected.folder)
    let architecture = try KnownArchitectures.find(config).init(config, &checkpoint)
    #expect(states.count == architecture.shape.layers + 1)

    // The tokens in three pieces: what was cached must be seen as what is new.
    var cache = KeyValueCache(places: tokens.count + 9, architecture.shape)
    var run = Run(rows: tokens.count, architecture.shape)
    var rows = [[[Float]]](repeating: [], count: states.count)
    var start = 0
    for end in [2, 5, tokens.count] {
      var batch = Batch()
      batch.add(
        tokens[start..<end], position: start, before: [4..<4 + start].filter { !$0.isEmpty }, place: 4 + start
      )
      var layer = 0
      architecture.forward(batch, &cache, &run) { x in
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
    var last = Matrix(capacity: 1, columns: architecture.shape.hidden)
    var logits = Matrix(capacity: 1, columns: architecture.shape.vocabulary)
    pick([run.h.rows - 1], of: run.h, &last)
    architecture.logits(last, &logits)
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
