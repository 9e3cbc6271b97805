import Exchange
import Foundation
import TestKit
import Testing
import Values

@testable import Inference

/// Answers that lm_eval's Hugging Face backend gave in float32; `Tools/inference/expect.py` wrote them.
struct Expected: Sendable, CustomTestStringConvertible {
  static let models = ["gpt2-bare", "gpt2-f16", "llama-bf16", "llama-f32"]

  let model: String
  let variant: Int
  let value: OrderedMap

  var testDescription: String { "\(model), \(value["settings"]?.repr ?? "")" }
  var folder: String { Self.folder(model) }

  static func folder(_ model: String) -> String {
    repositoryRoot.appending(path: "Tests/InferenceTests/Fixtures/\(model)").path
  }

  static let all: [Expected] = models.flatMap { model -> [Expected] in
    let data = FileManager.default.contents(atPath: "\(folder(model))/expected.json") ?? Data()
    let variants = (try? Value(json: data))?.asList ?? []
    return variants.enumerated().compactMap { index, value in
      value.asMap.map { Expected(model: model, variant: index, value: $0) }
    }
  }

  func rows(_ key: String) -> [[Value]] { value[key]?.asList?.compactMap(\.asList) ?? [] }

  func open() throws -> LocalModel {
    var settings = LocalModelSettings()
    let given = value["settings"]?.asMap
    settings.maxLength = given?["max_length"]?.asInt
    settings.prefixToken = given?["prefix_token_id"]?.asInt
    settings.addsBos = given?["add_bos_token"]?.isTruthy
    settings.batchTokens = 192
    return try LocalModel(folder: folder, settings)
  }
}

extension LocalModel {
  /// Answers in the order asked.
  func answers(
    _ requests: [Request], remark: @escaping @Sendable (Remark) -> Void = { _ in }
  ) throws -> [Answer] {
    let taken = Taken()
    try answer(requests, to: Delivery(answer: { taken.put($1, $0) }, remark: remark))
    return taken.all
  }
}

/// Answers as they come in.
private final class Taken: @unchecked Sendable {
  private var answers: [Int: Answer] = [:]
  private let lock = NSLock()
  func put(_ answer: Answer, _ index: Int) { lock.withLock { answers[index] = answer } }
  var all: [Answer] { lock.withLock { answers.keys.sorted().compactMap { answers[$0] } } }
}

@Suite struct `the engine agrees with the harness` {
  @Test(arguments: Expected.all)
  func `on likelihoods`(_ expected: Expected) async throws {
    let rows = expected.rows("loglikelihood")
    #expect(rows.count > 40)
    let requests = rows.map {
      Request(.loglikelihood(context: Prompt($0[0].asString ?? ""), continuation: $0[1].asString ?? ""))
    }
    let answers = try await expected.open().answers(requests)
    try #require(answers.count == rows.count)
    for (row, answer) in zip(rows, answers) {
      guard case .loglikelihood(let likelihood, let isGreedy) = answer else { continue }
      #expect(
        abs(likelihood - (row[2].asDouble ?? 0)) < 1e-4 * max(1, abs(likelihood) / 100),
        "\(row[0].repr) \(row[1].repr)")
      #expect(isGreedy == row[3].isTruthy)
    }
  }

  @Test(arguments: Expected.all)
  func `on rolling likelihoods`(_ expected: Expected) async throws {
    let rows = expected.rows("rolling")
    #expect(rows.count > 15)
    let answers = try await expected.open().answers(
      rows.map { Request(.loglikelihoodRolling(text: $0[0].asString ?? "")) })
    try #require(answers.count == rows.count)
    for (row, answer) in zip(rows, answers) {
      guard case .rolling(let likelihood) = answer else { continue }
      #expect(
        abs(likelihood - (row[1].asDouble ?? 0)) < 1e-4 * max(1, abs(likelihood) / 100), "\(row[0].repr)")
    }
  }

  @Test(arguments: Expected.all)
  func `on greedy texts`(_ expected: Expected) async throws {
    let rows = expected.rows("generate")
    #expect(rows.count > 15)
    let answers = try await expected.open().answers(
      rows.map {
        Request(
          .generate(context: Prompt($0[0].asString ?? ""), options: GenerationOptions($0[1].asMap ?? [:])))
      })
    try #require(answers.count == rows.count)
    for (row, answer) in zip(rows, answers) {
      #expect(answer.value == row[2], "\(row[0].repr) \(row[1].repr)")
    }
  }
}
