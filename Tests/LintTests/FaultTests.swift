import Datasets
import Diagnostics
import Foundation
import Lint
import TestKit
import Testing
import YAML

/// Sound tasks with one seeded fault each: every kind must be found in its line, with its cause named.
@Suite struct `files with one fault` {
  /// Our own tasks that there is nothing to say of.
  static let sound: [SoundFile] = {
    let folders = [
      repositoryRoot.appending(path: "TaskLibrary"), repositoryRoot.appending(path: "Tests/LintTests/Sound"),
    ]
    return folders.flatMap { folder in
      let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
      return names.filter { $0.hasSuffix(".yaml") }.sorted().compactMap { name in
        let path = folder.appending(path: name).path
        return (try? String(contentsOfFile: path, encoding: .utf8)).flatMap {
          SoundFile(path: path, text: $0)
        }
      }
    }
  }()

  private static let kinds = Fault.all

  @Test func `come in many kinds`() {
    #expect(Set(Self.kinds.map(\.kind)).count == Self.kinds.count)
    #expect(Self.kinds.count > 150)
  }

  @Test func `are made from files without`() {
    for file in Self.sound where !file.isGroup {
      var request = LintRequest()
      request.files = [file.path]
      request.isUsingSettingsFiles = false
      request.datasets = DatasetStore(mirrors: [], workingDirectory: file.folder)
      let findings = Linter().check(request).findings.filter { $0.severity != .note }
      #expect(findings.map(\.message) == [], "\(file.path)")
    }
    #expect(Self.sound.count > 9)
  }

  @Test(arguments: kinds)
  func `are found in their line, with their cause`(_ fault: Fault) {
    var inquests: [Inquest] = []
    for (number, file) in Self.sound.enumerated() {
      let store = fault.needsRows ? DatasetStore(mirrors: [], workingDirectory: file.folder) : nil
      // Rows that lie elsewhere cannot show anything.
      if fault.needsRows {
        let isAtHand =
          file.entry("dataset_path")?.value.text?.text == "json" && !file.text.contains("!function")
        if !isAtHand { continue }
      }
      guard let inquest = Inquest.hold(fault, in: file, seed: UInt64(number), datasets: store) else {
        continue
      }
      inquests.append(inquest)
      #expect(inquest.isFound, "\(fault.kind) in \(file.path): \(inquest.said)")
    }
    #expect(!inquests.isEmpty, "no file of ours can have the fault \(fault.kind)")
  }

  /// The same over any folder of tasks: `make faults TREE=…` prints the table.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["ASSAY_FAULTS"] != nil))
  func `are found in a tree of tasks`() throws {
    let environment = ProcessInfo.processInfo.environment
    let tree = try #require(environment["ASSAY_FAULTS"])
    let most = environment["ASSAY_FAULTS_FILES"].flatMap(Int.init) ?? 40
    let inquests = Wide(tree: tree).inquests(perKind: most)
    print(Inquest.table(inquests))
    for missed in inquests where !missed.isFound {
      print("missed: \(missed.kind): \(missed.path): \(missed.said)")
    }
    #expect(inquests.count(where: \.isFound) * 100 >= inquests.count * 98)
  }
}

/// Many files of others, each kind tried on some of them.
private struct Wide {
  let files: [SoundFile]

  init(tree: String) {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: tree)) ?? []
    var seen = Set<String>()
    var folders: [String: Int] = [:]
    files = names.filter { $0.hasSuffix(".yaml") }.sorted().compactMap { name in
      // Of thousands of files that differ in one word, a few of each folder will do.
      let folder = name.split(separator: "/").dropLast().prefix(2).joined(separator: "/")
      if folders[folder, default: 0] >= 6 { return nil }
      let path = tree + "/" + name
      // What the keys of a Python class mean only that class knows.
      guard let text = try? String(contentsOfFile: path, encoding: .utf8), seen.insert(text).inserted,
        let file = SoundFile(path: path, text: text), file.root["class"] == nil
      else { return nil }
      var request = LintRequest()
      request.files = [path]
      request.isUsingSettingsFiles = false
      let isBroken = Linter().check(request).findings.contains { $0.severity == .error }
      if isBroken { return nil }
      folders[folder, default: 0] += 1
      return file
    }
  }

  func inquests(perKind most: Int) -> [Inquest] {
    var all: [Inquest] = []
    for (number, fault) in Fault.all.enumerated() where !fault.needsRows {
      var random = SeededRandom(seed: UInt64(number))
      var count = 0
      for file in files.shuffled(using: &random) where count < most {
        guard let inquest = Inquest.hold(fault, in: file, seed: random.next()) else { continue }
        all.append(inquest)
        count += 1
      }
    }
    return all
  }
}
