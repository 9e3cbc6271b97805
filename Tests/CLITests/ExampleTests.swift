import Foundation
import TestKit
import Testing

@Suite struct `the example of a backend of one's own` {
  @Test func `has at most forty lines`() throws {
    let file = repositoryRoot.appending(path: "Examples/ShortestAnswer/main.swift")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 41)
  }

  @Test func `prints scores that fit its rule`() async throws {
    let outcome = try await Program.shell("ShortestAnswer", in: repositoryRoot)
    #expect(outcome.code == 0)
    #expect(outcome.errors.isEmpty)
    let scores = outcome.output.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(
      scores.map { $0.prefix(2) } == [["demo_choices", "acc,none"], ["demo_choices", "acc_norm,none"]])
    for score in scores {
      // Four choices, and their length says little of which is right.
      let value = try #require(score.count == 4 ? Double(score[2]) : nil)
      #expect((0.05...0.6).contains(value))
    }
  }
}
