import Diagnostics
import Filters
import Foundation
import TestKit
import Testing
import Values
import YAML

@Suite struct `filters do what the harness's do` {
  private func rows() throws -> [OrderedMap] {
    let file = repositoryRoot.appending(path: "Tests/FiltersTests/Conformance/filters.jsonl")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      try #require(try Value(json: String($0)).asMap)
    }
  }

  private func pipeline(_ steps: Value) throws -> FilterPipeline {
    var findings = Findings()
    // JSON is YAML, so a step of the table is read as a step of a task file is.
    let made = try (steps.asList ?? []).map { try #require(try filter($0.json(), &findings)) }
    #expect(findings.all.isEmpty)
    return FilterPipeline(name: "test", steps: made)
  }

  @Test func `the same comes out, or nothing`() throws {
    let rows = try rows()
    #expect(rows.count > 500)
    for row in rows {
      let pipeline = try pipeline(row["steps"] ?? [])
      do {
        let out = try pipeline.apply(toAll: [row["answer"] ?? .null], of: [row["doc"]?.asMap ?? [:]])[0]
        // The one difference: `group_select` beyond the finds is no find, where the harness stops.
        if row["error"] == "IndexError", "\(row["steps"] ?? [])".contains("regex") {
          #expect(["[invalid]", "'none'", "(A)", "(B)", "(C)"].contains { "\(out)".contains($0) }, "\(row)")
        } else {
          #expect(row["out"]?.json() == out.json(), "\(row)")
        }
      } catch {
        #expect(row["error"] != nil, "\(row) \(error)")
      }
    }
  }

  @Test func `a search without end is said`() throws {
    var findings = Findings()
    let filter = try #require(try filter(#"{"function": "regex", "regex_pattern": "(a+)+$"}"#, &findings))
    #expect(throws: FilterError.self) {
      try filter.apply(to: [.string(String(repeating: "a", count: 40) + "b")], of: [:])
    }
  }
}
