import Foundation
import TestKit
import Testing

/// What `assay new` writes, taken through the commands that it prints.
@Suite struct `a new task` {
  private static let kinds = [
    "", "--output_type multiple_choice", "--output_type generate_until", "--output_type loglikelihood",
    "--output_type loglikelihood_rolling", "--group",
  ]

  @Test(arguments: kinds)
  func `is clean, and its commands work`(_ kind: String) async throws {
    try await temporaryFolder { folder in
      let made = try await Program.shell("assay new first_try \(kind)", in: folder)
      #expect(made.code == 0, "\(made.errors)")
      let lint = try await Program.shell(
        "assay lint first_try --preset strict --data --max-warnings 0 --format jsonl", in: folder)
      #expect(lint.code == 0)
      // A task without a split for examples is told so by a note, whatever it says of shots.
      let isClean = !lint.output.contains("\"error\"") && !lint.output.contains("\"warning\"")
      #expect(isClean, "\(lint.output)")
      let commands = made.output.split(separator: "\n").compactMap { line in
        line.prefixMatch(of: #/\ \ (assay .*?)\ \ \ /#).map { String($0.1) }
      }
      #expect(commands.count == 3)
      for command in commands {
        let outcome = try await Program.shell(command, in: folder)
        #expect(outcome.code == 0, "\(command): \(outcome.errors)")
        #expect(!outcome.output.isEmpty || command.contains("validate"))
      }
    }
  }

  @Test func `overwrites nothing`() async throws {
    try await temporaryFolder { folder in
      try folder.write("mine", to: "mine/rows.jsonl")
      let made = try await Program.shell("assay new mine", in: folder)
      #expect(made.code == 2)
      #expect(made.errors.contains("mine/rows.jsonl"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/mine") == ["rows.jsonl"])
    }
  }
}
