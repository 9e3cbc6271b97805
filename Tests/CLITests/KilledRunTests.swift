import Foundation
import Runs
import TestKit
import Testing
import Values

@Suite struct `runs that are killed` {
  private static let command =
    "assay run --model scripted --model_args delay=2 --tasks demo_choices --bootstrap_iters 0 --output_path out"

  /// A hundred where time allows: ASSAY_KILLS=100.
  private static let kills = ProcessInfo.processInfo.environment["ASSAY_KILLS"].flatMap { Int($0) } ?? 12

  @Test func `lose no answer, ask none twice and come to the same results`() async throws {
    try await temporaryFolder { folder in
      let whole = try await Program.shell(Self.command.replacing("delay=2", with: "delay=0"), in: folder)
      #expect(whole.code == 0)
      let expected = try results(in: folder)
      let folder = folder.appending(path: "killed")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      var random = PythonRandom(seed: 3)
      var (killed, finished, resumed) = (0, 0, 0)
      // A busy machine needs longer to come to its first answer.
      var reach = 1.2
      while killed < Self.kills {
        let before = try journal(in: folder)
        let pause = 0.05 + random.random() * reach
        let outcome = try await Program.shell(
          "timeout -s KILL \(pause) \(Self.command)", in: folder)
        if outcome.errors.contains("going on with the run") { resumed += 1 }
        if outcome.code == 0 {
          #expect(try results(in: folder) == expected)
          finished += 1
          try FileManager.default.removeItem(at: folder.appending(path: "out"))
          continue
        }
        #expect(outcome.code == 137)
        killed += 1
        let after = try journal(in: folder)
        if after.count <= max(1, before.count) { reach = min(20, reach * 1.3) }
        #expect(after.starts(with: before))
        try checkKeys(after)
      }
      let kept = try journal(in: folder).count
      let last = try await Program.shell(Self.command, in: folder)
      #expect(last.code == 0)
      #expect(last.errors.contains("going on with the run") || kept <= 1)
      #expect(try results(in: folder) == expected)
      #expect(resumed > 0 || killed < 5)
    }
  }

  /// The whole lines of the unfinished run's journal.
  private func journal(in folder: URL) throws -> [Substring] {
    let place = folder.appending(path: "out/scripted")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
    guard let name = names.first(where: { $0.hasPrefix("journal_") }) else { return [] }
    let text = try String(contentsOf: place.appending(path: name), encoding: .utf8)
    return text.hasSuffix("\n") ? text.split(separator: "\n") : text.split(separator: "\n").dropLast()
  }

  private func checkKeys(_ lines: [Substring]) throws {
    let keys = try lines.dropFirst().map { try #require(try Value(json: String($0)).asMap?["key"]?.asString) }
    #expect(Set(keys).count == keys.count)
  }

  /// What the results say, without when and where.
  private func results(in folder: URL) throws -> String {
    let place = folder.appending(path: "out/scripted")
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: place.path).first { $0.hasPrefix("results_") })
    let file = try #require(
      try Value(json: String(contentsOf: place.appending(path: name), encoding: .utf8)).asMap)
    let keys = ["results", "groups", "n-samples", "plan_hash", "versions", "n-shot", "higher_is_better"]
    return keys.map { "\($0): \(file[$0]?.json() ?? "")\n" }.joined()
  }
}
