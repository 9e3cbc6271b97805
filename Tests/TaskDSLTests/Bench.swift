import Datasets
import Diagnostics
import Exchange
import Foundation
import TaskDSL
import TestKit
import Testing
import Values
import YAML

/// A folder of task files made for one test, and what the front end makes of it.
struct Bench {
  let folder: URL

  /// Runs with files, given by their paths.
  static func with<Result>(_ files: [String: String], _ body: (Bench) throws -> Result) throws -> Result {
    try temporaryFolder { folder in
      for (path, text) in files { try folder.write(text, to: path) }
      return try body(Bench(folder: folder))
    }
  }

  func index(_ roots: String...) -> TaskIndex {
    TaskIndex(roots: (roots.isEmpty ? ["."] : roots).map { folder.appending(path: $0).standardized.path })
  }

  /// What is selected, and the messages with their places.
  func select(_ names: String..., from index: TaskIndex? = nil) -> (members: [Member], messages: [String]) {
    var index = index ?? self.index()
    var findings = Findings()
    let items = names.map { $0.hasPrefix("./") ? folder.path + $0.dropFirst() : $0 }
    let members = index.select(items, &findings)
    return (members, findings.sorted.map { shown($0, index.sources) })
  }

  func compile(
    _ names: String..., options: CompileOptions = CompileOptions(), functions: FunctionSupport? = nil
  ) -> (plan: Plan?, messages: [String]) {
    var index = index()
    var findings = Findings()
    let members = index.select(names, &findings)
    let store = DatasetStore(mirrors: [], workingDirectory: folder.path)
    var parts = Parts()
    if let functions { parts.functions = functions }
    let plan = TaskCompiler(parts: parts, options: options, datasets: store).compile(members, &findings)
    return (plan, findings.sorted.map { shown($0, index.sources) })
  }

  /// `code file:line message`.
  private func shown(_ finding: Diagnostic, _ sources: Sources) -> String {
    let lines = finding.terminal(in: sources).split(separator: "\n")
    let place = lines.dropFirst().first.map { $0.trimmingPrefix(#/ *--> /#) } ?? ""
    let short = place.replacing(folder.path + "/", with: "").split(separator: ":").prefix(2)
    return "\(finding.code.name) \(short.joined(separator: ":"))"
  }
}

extension Member {
  /// Groups with their members in brackets.
  var outline: String {
    switch self {
    case .task(let task): task.name
    case .group(let group): "\(group.name)[\(group.members.map(\.outline).joined(separator: " "))]"
    }
  }
}

extension LeafTask {
  func value(_ key: String) -> Value? { node[key]?.value }
}

/// A task over three rows, which tests vary.
enum Sample {
  static let base = """
    dataset_path: json
    dataset_kwargs:
      data_files:
        test: rows.jsonl
    test_split: test
    doc_to_text: "{{question}}"
    doc_to_target: "{{answer}}"

    """

  static let rows = """
    {"question": "a", "answer": "1"}
    {"question": "b", "answer": "2"}
    {"question": "a", "answer": "1"}
    """
}
