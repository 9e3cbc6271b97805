import Backends
import Diagnostics
import Exchange
import Foundation
import Metrics
import Reports
import Runs
import TaskDSL
import Testing
import Values

@Suite struct `results are those of the harness` {
  @Test(arguments: Configuration.all)
  func `on the same answers`(_ configuration: Configuration) async throws {
    let (results, _) = try await configuration.evaluate()
    let file = try #require(results.resultsFile(facts(configuration)).asMap)
    let text = try String(contentsOf: configuration.expected.appending(path: "results.json"), encoding: .utf8)
    let expected = try #require(try Value(json: text).asMap)
    let keys = [
      "results", "groups", "group_subtasks", "versions", "n-shot", "higher_is_better", "n-samples", "configs",
    ]
    for key in keys {
      guard let wanted = expected[key] else {
        #expect(file[key] == nil || file[key] == .map([:]), "\(key) should not be there")
        continue
      }
      let own = file[key] ?? .null
      for difference in Difference.between(key == "configs" ? own.withoutPaths : own, wanted, at: key) {
        Issue.record("\(difference)")
      }
    }
  }

  @Test(arguments: Configuration.all.filter(\.hasSamples))
  func `with the same samples on disk`(_ configuration: Configuration) async throws {
    let (results, requests) = try await configuration.evaluate()
    for task in results.tasks {
      let lines = task.sampleLines(requests).lines
      let expected = try configuration.lines("samples/\(task.task.name).jsonl")
      #expect(lines.count == expected.count)
      let wrong = zip(lines, expected).first { !sameBytes($0, $1) }
      #expect(wrong == nil, "Assay:   \(wrong?.0 ?? "")\nharness: \(wrong?.1 ?? "")")
    }
  }

  private func facts(_ configuration: Configuration) -> RunFacts {
    RunFacts(
      model: "replay", modelArguments: [:], bootstrapIterations: configuration.bootstrapIterations,
      startedAt: 0,
      version: "test")
  }
}

extension Configuration {
  /// The run on the answers that the harness had.
  func evaluate() async throws -> (RunResults, [Request]) {
    let (plan, findings, sources) = try compile()
    let errors = findings.all.filter { $0.severity == .error }.map { $0.terminal(in: sources) }
    #expect(errors.isEmpty, "\(errors.joined(separator: "\n"))")
    let whole = try #require(plan)
    let answers = Value.string(expected.appending(path: "answers.jsonl").path)
    let backend = try BackendRegistry.builtin.make("replay", ["path": answers])
    let evaluation = Evaluation(plan: whole, backend: backend, bootstrapIterations: bootstrapIterations)
    return (try await evaluation.run(), whole.graph.requests)
  }
}

/// Where two results differ; numbers may differ in the last bits only.
enum Difference {
  static func between(_ actual: Value, _ expected: Value, at path: String) -> [String] {
    switch (actual, expected) {
    case (.string(let text), .map(let wanted)) where wanted["$function"] != nil:
      // The harness prints an address; here a function has its name.
      let name = wanted["$function"]?.text ?? ""
      return text.hasSuffix(name) ? [] : ["\(path): \(text) where the harness has the function \(name)"]
    case (.map(let a), .map(let b)):
      let missing = b.keys.filter { a[$0] == nil }.map { "\(path): \($0.text) is missing" }
      let surplus = a.keys.filter { b[$0] == nil }.map {
        "\(path): \($0.text) is too much: \(a[$0]?.repr ?? "")"
      }
      let inner = b.flatMap { key, value in a[key].map { between($0, value, at: "\(path).\(key.text)") } ?? []
      }
      return missing + surplus + inner
    case (.list(let a), .list(let b)) where a.count == b.count:
      return zip(a, b).enumerated().flatMap { between($1.0, $1.1, at: "\(path)[\($0)]") }
    case (.double, _), (_, .double):
      guard let a = actual.asDouble, let b = expected.asDouble else { break }
      return abs(a - b) <= 1e-12 * max(1, abs(b)) ? [] : ["\(path): \(a) where the harness has \(b)"]
    default: break
    }
    return actual == expected ? [] : ["\(path): \(actual.repr) where the harness has \(expected.repr)"]
  }
}

extension Value {
  /// Configurations without the paths of their files, which differ from place to place.
  fileprivate var withoutPaths: Value {
    guard let map = asMap else { return self }
    return .map(
      OrderedMap(
        map.map { name, configuration in
          var configuration = configuration.asMap ?? OrderedMap()
          if var metadata = configuration["metadata"]?.asMap {
            metadata["config_source"] = nil
            configuration["metadata"] = .map(metadata)
          }
          return (name, .map(configuration))
        }))
  }
}
