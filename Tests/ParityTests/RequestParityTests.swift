import Diagnostics
import Exchange
import TaskDSL
import Testing
import Values

@Suite struct `requests are those of the harness` {
  @Test(arguments: Configuration.all)
  func `byte for byte`(_ configuration: Configuration) throws {
    let (plan, findings, sources) = try configuration.compile()
    let errors = findings.all.filter { $0.severity == .error }.map { $0.terminal(in: sources) }
    #expect(errors.isEmpty, "\(errors.joined(separator: "\n"))")
    let lines = try #require(plan).requestLines
    let expected = try configuration.lines("requests.jsonl")
    #expect(lines.count == expected.count)
    let wrong = zip(lines, expected).first { !sameBytes($0, $1) }
    #expect(wrong == nil, "Assay:   \(wrong?.0 ?? "")\nharness: \(wrong?.1 ?? "")")
  }

  @Test(.enabled(if: !Python.atHand.isEmpty, "there is no python3 to call functions with"))
  func `also where Python functions make them`() {
    #expect(Configuration.all.count { $0.python != nil } >= 3)
  }

  @Test func `there are configurations`() { #expect(Configuration.all.count >= 40) }
}
