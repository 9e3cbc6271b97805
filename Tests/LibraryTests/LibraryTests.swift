import Datasets
import Diagnostics
import Exchange
import Foundation
import Reports
import Runs
import TaskDSL
import TestKit
import Testing
import Values
import YAML

/// Every task of TaskLibrary: no findings, the prompts of a few rows in full, and how made-up answers score.
@Suite struct `the task library` {
  static let root = repositoryRoot.appending(path: "TaskLibrary")
  static let index = TaskIndex(roots: [root.path])
  static let tasks = index.entries(of: .task)

  @Test func `has no file that cannot be read`() {
    #expect(Self.index.broken.map(\.path).isEmpty)
    #expect(Self.index.findings.all.map(\.message).isEmpty)
    #expect(Self.tasks.count >= 5)
  }

  @Test(arguments: tasks.map(\.name))
  func `gives the prompts it gave`(_ name: String) throws {
    let plan = try Self.plan(name)
    let text = plan.tasks[0].documents.map { document in
      "--- document \(document.id)\n"
        + document.requests.map { plan.graph.requests[$0[0]].shown }.joined(separator: "\n")
    }
    golden(text.joined(separator: "\n") + "\n", "\(name).prompts")
  }

  @Test(arguments: tasks.map(\.name))
  func `scores made-up answers as it did`(_ name: String) async throws {
    let plan = try Self.plan(name)
    let results = try await Evaluation(plan: plan, backend: MadeUp(plan), bootstrapIterations: 100).run()
    let facts = RunFacts(
      model: "made up", modelArguments: [:], bootstrapIterations: 100, startedAt: 0, version: "test")
    golden(ResultsTable(results.resultsFile(facts)).text, "\(name).scores")
  }

  private static func folder(of name: String) -> URL {
    URL(filePath: index.entries[name]?.file ?? "").deletingLastPathComponent()
  }

  /// The plan over the task's own rows, or over `rows.jsonl` beside it in the place of every split.
  private static func plan(_ name: String) throws -> Plan {
    let rows = folder(of: name).appending(path: "rows.jsonl")
    var mirrors: [String] = []
    if FileManager.default.fileExists(atPath: rows.path) { mirrors = [try mirror(of: name, rows).path] }
    var index = Self.index
    var findings = Findings()
    let members = index.select([name], &findings)
    let store = DatasetStore(mirrors: mirrors, workingDirectory: root.path)
    // Five invented rows are too few for the five examples that GSM8K asks for and the one it leaves out.
    let options = CompileOptions(limit: 5, shots: 2)
    let plan = TaskCompiler(options: options, datasets: store).compile(members, &findings)
    #expect(findings.sorted.map { $0.terminal(in: index.sources) }.isEmpty)
    return try #require(plan)
  }

  private static func mirror(of name: String, _ rows: URL) throws -> URL {
    let node = try #require(index.entries[name]?.node)
    let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)")
    let place =
      folder
      .appending(path: node["dataset_path"]?.value.text ?? "")
      .appending(path: node["dataset_name"]?.value.text ?? "default")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    for key in ["training_split", "validation_split", "test_split"] {
      guard let split = node[key]?.value.text else { continue }
      try FileManager.default.copyItem(at: rows, to: place.appending(path: "\(split).jsonl"))
    }
    return folder
  }
}

extension Request {
  /// The request in full, line breaks as they are.
  fileprivate var shown: String {
    switch ask {
    case .loglikelihood(let context, let continuation): "\(context.text)‖\(continuation)"
    case .loglikelihoodRolling(let text): text
    case .generate(let context, let options): "\(context.text)‖ \(Value.map(options.values).json())"
    }
  }
}

/// Answers that follow from the request alone: right, nearly right, wrong, in turn.
private struct MadeUp: Backend {
  let golds: [Int: String]
  var abilities: Abilities { .all }

  init(_ plan: Plan) {
    var golds: [Int: String] = [:]
    for document in plan.tasks.flatMap(\.documents) {
      for request in document.requests { golds[request[0]] = document.target.text }
    }
    self.golds = golds
  }

  func answer(_ requests: [Request], to delivery: Delivery) async throws(BackendError) {
    for (index, request) in requests.enumerated() {
      switch request.ask {
      case .loglikelihood(_, let continuation):
        delivery.answer(
          index, .loglikelihood(-Double(continuation.utf8.count * 7 % 23), isGreedy: index % 3 == 0))
      case .loglikelihoodRolling(let text): delivery.answer(index, .rolling(-Double(text.utf8.count)))
      case .generate:
        let gold = golds[index] ?? ""
        let number = gold.split(separator: " ").last.map(String.init) ?? ""
        delivery.answer(index, .text([gold, "The answer is \(number).", "I do not know."][index % 3]))
      }
    }
  }
}
