import Backends
import Exchange
import Foundation
import TestKit
import Testing
import Values

@Suite struct `every backend keeps the laws` {
  static let model = repositoryRoot.appending(path: "Tests/InferenceTests/Fixtures/llama-f32").path

  @Test(arguments: BackendLaw.allCases)
  func `native`(_ law: BackendLaw) async throws {
    try await law.check(try BackendRegistry.builtin.make("native", ["pretrained": .string(Self.model)]))
  }

  @Test(arguments: BackendLaw.allCases)
  func `scripted`(_ law: BackendLaw) async throws {
    try await law.check(try BackendRegistry.builtin.make("scripted", ["text": "it\nwas a text"]))
    try await law.check(
      Scripted { request throws(BackendError) in
        switch request.type {
        case .loglikelihood: .loglikelihood(-1, isGreedy: true)
        case .loglikelihoodRolling: .rolling(-2)
        case .generateUntil: .text("yes")
        }
      })
  }

  @Test(arguments: BackendLaw.allCases)
  func `replay`(_ law: BackendLaw) async throws {
    let scripted = try BackendRegistry.builtin.make("scripted", ["text": "it"])
    let lines = zip(BackendLaw.requests, try await scripted.answer(BackendLaw.requests)).map {
      request, answer in
      Value.map([
        "request_type": .string(request.type.rawValue), "arguments": request.arguments,
        "response": answer.value,
      ]).json()
    }
    let file = try TemporaryFile(lines.joined(separator: "\n"))
    try await law.check(try BackendRegistry.builtin.make("replay", ["path": .string(file.path)]))
  }

  // A random answer depends on its place, so a batch does not equal its requests one by one.
  @Test(arguments: [
    BackendLaw.`an empty batch is empty`, .`each request gets one answer of its kind`,
    .`the same requests get the same answers`, .`likelihoods are at most one`,
  ])
  func `dummy`(_ law: BackendLaw) async throws {
    try await law.check(try BackendRegistry.builtin.make("dummy"))
  }
}

/// A file that goes with its last reference.
final class TemporaryFile: Sendable {
  let path: String

  init(_ text: String) throws {
    path = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID()).jsonl").path
    try text.write(toFile: path, atomically: false, encoding: .utf8)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
