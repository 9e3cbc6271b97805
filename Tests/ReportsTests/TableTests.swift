import Foundation
import Reports
import TestKit
import Testing
import Values

/// `Tools/reports/tables.py` makes the expectations.
@Suite struct `the tables of results` {
  @Test func `are those of the harness, byte for byte`() throws {
    let file = repositoryRoot.appending(path: "Tests/ReportsTests/Fixtures/tables.jsonl")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.count > 200)
    for line in lines {
      let entry = try #require(try Value(json: String(line)).asMap)
      let text = ResultsTable(entry["results"] ?? .null).text
      let expected = entry["text"]?.text ?? ""
      #expect(sameBytes(text, expected), "Assay:\n\(text)\nharness:\n\(expected)")
    }
  }

  @Test func `keep the sign of what is infinite`() {
    let file: Value = ["results": ["t": ["alias": "t", "acc,none": .double(-.infinity)]]]
    #expect(ResultsTable(file).text.contains("|-Infinity|"))
  }
}
