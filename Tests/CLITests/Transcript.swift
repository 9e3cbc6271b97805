import Foundation
import TestKit
import Testing

/// Commands and what a user sees of them.
///
/// A line is told by how it starts: `$ ` a command for the shell, two blanks standard output, `! ` standard error, `[n]` an exit
/// code other than 0; all others are remarks for the reader. Each transcript runs in a folder of its own, which holds a copy of
/// `Cases/<name>` where there is one; `$ASSAY` is the top of the repository.
struct Transcript: CustomTestStringConvertible, Sendable {
  let name: String
  let text: String

  var testDescription: String { name }

  static let folder = repositoryRoot.appending(path: "Tests/CLITests")

  static let all: [Transcript] = {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "Transcripts").path)
    return (names ?? []).sorted().filter { $0.hasSuffix(".transcript") }.compactMap { name in
      let file = folder.appending(path: "Transcripts/\(name)")
      let text = try? String(contentsOf: file, encoding: .utf8)
      return text.map { Transcript(name: String(name.dropLast(".transcript".count)), text: $0) }
    }
  }()

  /// The same commands and remarks with what the program says now.
  func replayed() async throws -> String {
    try await temporaryFolder { folder in
      let here = folder.appending(path: "here")
      let cases = Self.folder.appending(path: "Cases/\(name)")
      if FileManager.default.fileExists(atPath: cases.path) {
        try FileManager.default.copyItem(at: cases, to: here)
      } else {
        try FileManager.default.createDirectory(at: here, withIntermediateDirectories: true)
      }
      var lines: [String] = []
      for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
        if line.hasPrefix("  ") || line.hasPrefix("! ") || line == "!" || line.hasPrefix("[") { continue }
        lines.append(line)
        guard line.hasPrefix("$ ") else { continue }
        let outcome = try await Program.shell(String(line.dropFirst(2)), in: here)
        lines += Self.marked(outcome) { Self.masked($0, here) }
      }
      return lines.joined(separator: "\n")
    }
  }

  private static func marked(_ outcome: Program.Outcome, _ mask: (String) -> String) -> [String] {
    func lines(_ text: String, _ mark: String) -> [String] {
      guard !text.isEmpty else { return [] }
      let whole = text.hasSuffix("\n") ? String(text.dropLast()) : text + "⏎ is missing"
      return whole.split(separator: "\n", omittingEmptySubsequences: false).map { mark + $0 }
    }
    return lines(mask(outcome.output), "  ") + lines(mask(outcome.errors), "! ")
      + (outcome.code == 0 ? [] : ["[\(outcome.code)]"])
  }

  /// Hides what differs from run to run and from machine to machine.
  private static func masked(_ text: String, _ here: URL) -> String {
    text.replacing(here.path + "/", with: "").replacing(here.path, with: ".")
      .replacing(repositoryRoot.path, with: "$ASSAY")
      .replacing(/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{6}/, with: "TIME")
      .replacing(/journal_[0-9a-f]{16}/, with: "journal_HASH")
      .replacing(/\d{4}-\d\d-\d\d \d\d:\d\d/, with: "TIME")
      .replacing(/requests? in \d+\.\d s/, with: "requests in N s")
      .replacing(/\d+\.\d\/s +[\d:]+<[\d:?]+/, with: "N/s  TIME<TIME")
      .replacing(/\d+(?:\.\d)? tokens\/s +[\d:]+<[\d:?]+/, with: "N tokens/s  TIME<TIME")
  }
}
