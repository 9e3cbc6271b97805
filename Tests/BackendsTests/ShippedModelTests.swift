import Backends
import Exchange
import Foundation
import TestKit
import Testing
import Values

/// The model that ships gives lm_eval's answers to every request of the demo.
@Suite struct `the model that ships` {
  @Test func `answers the demo as the harness's own engine does`() async throws {
    let recorded = try Self.recorded()
    let folder = Value.string(repositoryRoot.appending(path: "Models/assay-tiny").path)
    let model = try BackendRegistry.builtin.make("native", ["pretrained": folder])
    let answers = try await model.answer(recorded.map(\.request))
    #expect(recorded.count == 860)
    for (answer, (request, expected)) in zip(answers, recorded) {
      switch (answer, expected) {
      case (.loglikelihood(let sum, let isGreedy), .loglikelihood(let wanted, let wasGreedy)):
        #expect(abs(sum - wanted) < 1e-3, "\(request.arguments.repr)")
        #expect(isGreedy == wasGreedy)
      case (.rolling(let sum), .rolling(let wanted)):
        // Hundreds of tokens are summed, each of them within a few millionths.
        #expect(abs(sum - wanted) < 1e-3 * max(1, abs(wanted) / 100), "\(request.arguments.repr.prefix(80))")
      default: #expect(answer == expected, "\(request.arguments.repr)")
      }
    }
  }

  @Test(arguments: [("float32", 1024), ("bfloat16", 1024), ("float32", 1)])
  func `is measured`(_ dtype: String, _ maxLength: Int) async throws {
    let folder = Value.string(repositoryRoot.appending(path: "Models/assay-tiny").path)
    let model = try BackendRegistry.builtin.make(
      "native", ["pretrained": folder, "dtype": .string(dtype), "max_length": .int(maxLength)])
    let probed = try #require(model as? any Probed)
    #expect(await probed.probe(seconds: 0).map(\.name) == ["weights"])
    let lines = await probed.probe(seconds: 0.1)
    #expect(lines.map(\.name) == ["weights", "reading", "writing"])
    #expect(lines[0].text.hasPrefix("2582976 parameters, "))
    let rates = lines.dropFirst().map { Double($0.text.prefix { $0 != " " }) ?? .nan }
    #expect(rates[0] > 0 && rates[0].isFinite)
    // A model that reads one token has no room to write.
    #expect(rates[1].isFinite && (rates[1] > 0) == (maxLength > 1))
  }

  private static func recorded() throws -> [(request: Request, answer: Answer)] {
    let file = repositoryRoot.appending(path: "Tests/BackendsTests/Fixtures/demo-answers.jsonl")
    let lines = try String(contentsOf: file, encoding: .utf8).utf8.split(separator: UInt8(ascii: "\n"))
    return try lines.map { line in
      let entry = try #require(try Value(json: line).asMap)
      let arguments = try #require(entry["arguments"]?.asList)
      let context = Prompt(arguments[0].text)
      switch entry["response"] {
      case .list(let pair):
        return (
          Request(.loglikelihood(context: context, continuation: arguments[1].text)),
          .loglikelihood(pair[0].asDouble ?? .nan, isGreedy: pair[1].isTruthy)
        )
      case .string(let text):
        let options = GenerationOptions(arguments[1].asMap ?? [:])
        return (Request(.generate(context: context, options: options)), .text(text))
      case let response:
        return (Request(.loglikelihoodRolling(text: arguments[0].text)), .rolling(response?.asDouble ?? .nan))
      }
    }
  }
}
