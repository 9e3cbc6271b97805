import Datasets
import Diagnostics
import Exchange
import Foundation
import TaskDSL
import TestKit
import Testing
import Values
import YAML

/// Every task file there is, cut off at every byte and with each of its lines left out, through the whole front end.
@Suite struct `damaged task files` {
  /// Folders with task files, and the mirror of their data.
  static let roots: [(tasks: String, mirror: String?)] = [
    ("TaskLibrary", nil), ("Tests/CLITests/Cases", nil),
    ("Tests/ParityTests/Fixtures/tasks", "Tests/ParityTests/Fixtures/data"),
    ("Tests/ParityTests/Fixtures/tasks_second", "Tests/ParityTests/Fixtures/data"),
  ]

  @Test(arguments: roots.indices)
  func `give a finding or a sound plan`(_ number: Int) async throws {
    let root = Self.roots[number]
    try await temporaryFolder { folder in
      let tasks = folder.appending(path: "tasks")
      try FileManager.default.copyItem(at: repositoryRoot.appending(path: root.tasks), to: tasks)
      let mirror = root.mirror.map { repositoryRoot.appending(path: $0).path }
      let mill = Mill(
        index: TaskIndex(roots: [tasks.path]),
        compiler: TaskCompiler(
          options: CompileOptions(limit: 2, shots: 2),
          datasets: DatasetStore(mirrors: [mirror].compactMap(\.self), workingDirectory: tasks.path)))
      let files = Self.taskFiles(below: tasks)
      #expect(!files.isEmpty)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (index, file) in files.enumerated() {
          group.addTask { try mill.grind(file, number: index) }
        }
        try await group.waitForAll()
      }
    }
  }

  /// Files in YAML, bases without an ending included.
  private static func taskFiles(below folder: URL) -> [URL] {
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return names.sorted().map { folder.appending(path: $0) }.filter { file in
      var isFolder: ObjCBool = false
      let isThere = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
      return isThere && !isFolder.boolValue && ["yaml", ""].contains(file.pathExtension)
    }
  }
}

/// Puts mutants of a file in its folder and sends each through index, selection, binding and expansion.
private struct Mill: Sendable {
  let index: TaskIndex
  let compiler: TaskCompiler

  func grind(_ file: URL, number: Int) throws {
    let bytes = [UInt8](try Data(contentsOf: file))
    let lines = withoutEachLine(String(decoding: bytes, as: UTF8.self)).map { Array($0.utf8) }
    // A base is no task; given a name it is bound like one.
    let isBase = file.pathExtension.isEmpty
    let place = file.deletingLastPathComponent().appending(path: "mutant\(number).yaml")
    var seen = Set<String>()
    for mutant in cuts(of: bytes) + lines {
      let whole = isBase ? Array("task: mutant\n".utf8) + mutant : mutant
      guard seen.insert(Self.essence(whole)).inserted else { continue }
      try Data(whole).write(to: place)
      check(place.path, String(decoding: whole, as: UTF8.self))
    }
    try? FileManager.default.removeItem(at: place)
  }

  /// Mutants that read alike, or fail alike, go through once.
  private static func essence(_ bytes: [UInt8]) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { return "no text" }
    var sources = Sources()
    var findings = Findings()
    let node = parseYAML(sources.add(name: "mutant", text: text), &findings)
    return findings.hasErrors ? findings.all.map(\.message).joined() : node?.value.json() ?? ""
  }

  private func check(_ path: String, _ text: String) {
    var index = index
    var findings = Findings()
    let members = index.select([path], &findings)
    let plan = compiler.compile(members, &findings)
    for finding in findings.sorted { _ = finding.terminal(in: index.sources) }
    guard let plan else {
      #expect(findings.hasErrors, "no plan and no reason:\n\(text)")
      return
    }
    if members.isEmpty { #expect(findings.hasErrors, "nothing selected and no reason:\n\(text)") }
    for task in plan.tasks {
      let requests = task.documents.flatMap(\.requests).flatMap(\.self)
      #expect(!requests.isEmpty && requests.allSatisfy(plan.graph.requests.indices.contains), "\(text)")
      #expect(!task.metrics.isEmpty || findings.hasErrors || text.contains("metric_list"), "\(text)")
    }
  }
}
