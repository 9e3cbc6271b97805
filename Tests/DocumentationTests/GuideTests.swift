import Datasets
import Diagnostics
import Foundation
import Lint
import TestKit
import Testing
import YAML

/// Pieces of task files in the guide, each made whole.
@Suite struct `the guide to tasks without Python` {
  static let pieces: [String] = {
    let page = repositoryRoot.appending(path: "Documentation/WithoutPython.md")
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    return Fence.all(in: text).filter { $0.language == "yaml" }.map(\.text)
  }()

  @Test func `has pieces to try`() { #expect(Self.pieces.count > 7) }

  @Test(arguments: pieces)
  func `shows what can be used`(_ piece: String) throws {
    let base = """
      task: t
      dataset_path: some/set
      test_split: test
      doc_to_text: "{{q}}"
      doc_to_target: a

      """
    try temporaryFolder { folder in
      try folder.write(base + piece + "\n", to: "t.yaml")
      var request = LintRequest()
      request.folders = [folder.path]
      request.workingDirectory = folder.path
      request.datasets = DatasetStore(mirrors: [], workingDirectory: folder.path)
      request.leastSeverity = .error
      let report = Linter().check(request)
      #expect(report.tasks == 1)
      #expect(report.findings.map(\.message) == [])
    }
  }
}
