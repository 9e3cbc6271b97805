import Diagnostics
import Foundation
import Lint
import TestKit
import Testing

@Suite struct `the codes of all parts` {
  /// Where a code stands in a call that makes a finding, or is kept to be one.
  private static var places: Regex<(Substring, Substring, Substring?)> {
    /(?:\.(?:error|warning|note)|Diagnostic|RowTrouble|SyntaxError|TemplateMistake|Complaint)\(\s*(?:[^"()\n]*\?\s*)?"([a-z]+(?:-[a-z]+)+)"(?:\s*:\s*"([a-z]+(?:-[a-z]+)+)")?/
  }
  private static var others: Regex<(Substring, Substring)> {
    /(?:code|case \.\w+(?:, \.\w+)*):\s*"([a-z]+(?:-[a-z]+)+)"/
  }

  /// What looks like a code and is none.
  private static let notCodes: Set = ["lm-eval"]

  private static func codes() throws -> Set<String> {
    var codes = Set<String>()
    let sources = repositoryRoot.appending(path: "Sources")
    for path in try FileManager.default.subpathsOfDirectory(atPath: sources.path)
    where path.hasSuffix(".swift") {
      if path.hasPrefix("CLI/") || path.hasPrefix("Lint/Formats") { continue }
      let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
      for match in text.matches(of: places) {
        codes.insert(String(match.1))
        if let other = match.2 { codes.insert(String(other)) }
      }
      for match in text.matches(of: others) { codes.insert(String(match.1)) }
    }
    return codes.subtracting(notCodes)
  }

  @Test func `every code that any part gives has a page`() throws {
    let codes = try Self.codes()
    #expect(codes.count > 60)
    #expect(codes.subtracting(RuleRegistry.builtin.codes).sorted() == [])
  }

  @Test func `every page is for a code that some part gives`() throws {
    let pages = Set(RuleRegistry.builtin.codes).subtracting(RuleRegistry.builtinRules.map { $0.code.name })
    let sources = repositoryRoot.appending(path: "Sources")
    var text = ""
    for path in try FileManager.default.subpathsOfDirectory(atPath: sources.path)
    where path.hasSuffix(".swift") && !path.hasPrefix("Lint/Pages") {
      text += try String(contentsOf: sources.appending(path: path), encoding: .utf8)
    }
    #expect(pages.filter { !text.contains("\"\($0)\"") }.sorted() == [])
  }
}
