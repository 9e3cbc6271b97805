import Foundation
import TestKit
import Testing

/// The program as its users meet it; `RECORD=1` rewrites what differs, and fails.
@Suite struct `the transcripts of the command line` {
  @Test func `are found`() { #expect(Transcript.all.count >= 10) }

  @Test(arguments: Transcript.all)
  func `tell what the program says`(_ transcript: Transcript) async throws {
    let actual = try await transcript.replayed()
    if ProcessInfo.processInfo.environment["RECORD"] == "1", actual != transcript.text {
      let file = Transcript.folder.appending(path: "Transcripts/\(transcript.name).transcript")
      try Data(actual.utf8).write(to: file)
      Issue.record("recorded \(transcript.name); look at it and run again")
      return
    }
    let old = transcript.text.split(separator: "\n", omittingEmptySubsequences: false)
    let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let changes = new.difference(from: old).map { change in
      switch change {
      case .remove(let line, let text, _): "\(line + 1) - \(text)"
      case .insert(let line, let text, _): "\(line + 1) + \(text)"
      }
    }
    #expect(changes.isEmpty, "\(transcript.name):\n\(changes.joined(separator: "\n"))")
  }

  @Test func `hold no cases that no transcript uses`() throws {
    let cases = try FileManager.default.contentsOfDirectory(
      atPath: Transcript.folder.appending(path: "Cases").path)
    #expect(Set(cases).subtracting(Transcript.all.map(\.name)).isEmpty)
  }
}
