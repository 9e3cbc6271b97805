import Backends
import Datasets
import Diagnostics
import Foundation
import Plugins
import TaskDSL
import TestKit
import Testing
import Values

/// One run of the harness whose requests and results stand under `Fixtures/expected`.
struct Configuration: Sendable, CustomTestStringConvertible {
  let name: String
  let tasks: [String]
  let folders: [String]
  let options: CompileOptions
  /// The folder of a chat template, where one is applied.
  let chatFolder: String?
  let bootstrapIterations: Int
  let hasSamples: Bool
  /// What calls the Python functions of the tasks.
  var python: Python?

  var testDescription: String { python.map { "\(name) with \($0.label)" } ?? name }

  private static let pythonFolders: Set = ["tasks_classes", "tasks_python"]

  static let fixtures = repositoryRoot.appending(path: "Tests/ParityTests/Fixtures")

  static let all: [Configuration] = {
    guard
      let text = try? String(contentsOf: fixtures.appending(path: "configurations.json"), encoding: .utf8),
      case .list(let items)? = try? Value(json: text)
    else { return [] }
    return items.compactMap(\.asMap).map(Configuration.init).flatMap { configuration in
      guard configuration.folders.contains(where: pythonFolders.contains) else { return [configuration] }
      return Python.atHand.map { python in
        var copy = configuration
        copy.python = python
        return copy
      }
    }
  }()

  init(_ map: OrderedMap) {
    name = map["name"]?.text ?? ""
    tasks = (map["tasks"]?.asList ?? []).map(\.text)
    folders = (map["include_path"]?.asList ?? ["tasks"]).map(\.text)
    bootstrapIterations = map["bootstrap_iters"]?.asInt ?? 0
    hasSamples = map["samples_on_disk"]?.isTruthy ?? false
    options = CompileOptions(
      limit: map["limit"]?.asDouble, shots: map["num_fewshot"]?.asInt,
      generation: map["gen_kwargs"]?.asMap ?? [:],
      systemInstruction: map["system_instruction"]?.asString, fewshotSeed: map["seed"]?.asInt ?? 1234,
      isMultiturn: map["fewshot_as_multiturn"]?.isTruthy ?? true)
    chatFolder = map["chat"]?.asString
  }

  var expected: URL { Self.fixtures.appending(path: "expected/\(name)") }

  /// The lines of an expectation.
  func lines(_ file: String) throws -> [String] {
    let text = try String(contentsOf: expected.appending(path: file), encoding: .utf8)
    // Line separators inside JSON texts are no line ends here.
    return text.utf8.split(separator: UInt8(ascii: "\n")).map { String(Substring($0)) }
  }

  /// What Assay makes of the same tasks and rows.
  func compile() throws -> (plan: Plan?, findings: Findings, sources: Sources) {
    var options = options
    options.chat = try chatFolder.map { folder in
      try ChatTemplate(folder: Self.fixtures.appending(path: folder).path)
    }
    var index = TaskIndex(roots: folders.map { Self.fixtures.appending(path: $0).path })
    var findings = Findings()
    let members = index.select(tasks, &findings)
    let mirror = Self.fixtures.appending(path: "data").path
    let datasets = DatasetStore(mirrors: [mirror], workingDirectory: Self.fixtures.path)
    var parts = Parts()
    if let python {
      var settings = python.settings
      settings.onQuestion = HelperQuestions(datasets).answer
      parts.functions = .host(PythonHost(settings))
    }
    let plan = TaskCompiler(parts: parts, options: options, datasets: datasets)
      .compile(members, &findings)
    return (plan, findings, index.sources)
  }
}
