import Diagnostics
import Foundation
import Lint
import TestKit

/// Files in a folder of their own, looked at by the linter.
struct Linting {
  var files: [String: String]
  var settings = LintSettings()

  init(_ files: [String: String], _ settings: LintSettings = LintSettings()) {
    self.files = files
    self.settings = settings
  }

  func run<Result>(_ body: (URL, LintRequest) throws -> Result) throws -> Result {
    try temporaryFolder { folder in
      for (path, text) in files { try folder.write(text, to: path) }
      var request = LintRequest()
      request.folders = [folder.path]
      request.settings = settings
      request.workingDirectory = folder.path
      return try body(folder, request)
    }
  }

  /// The report, with the folder's own path taken out of the names.
  func report() throws -> LintReport { try run { _, request in Linter().check(request) } }

  func codes() throws -> [String] { try report().findings.map(\.code.name) }
}

/// A task without anything to say of it.
let soundTask = """
  task: demo
  dataset_path: owner/data
  test_split: test
  doc_to_text: "Q: {{question}} A:"
  doc_to_target: answer
  generation_kwargs:
    until: ["\\n"]
  metadata:
    version: 1.0

  """
