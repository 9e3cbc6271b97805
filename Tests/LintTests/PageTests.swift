import Diagnostics
import Foundation
import Lint
import TestKit
import Testing

@Suite struct `the linter's pages` {
  static let examples = RuleRegistry.builtin.pages.flatMap { Example.all(in: $0) }

  @Test(arguments: examples)
  func `each example is true`(_ example: Example) throws {
    let outcome = try example.run()
    if Recorder.isOn {
      try Recorder.record(example, outcome)
      return
    }
    #expect(outcome.shown == (example.diagnostics ?? ""))
    #expect(outcome.fixed == (example.fixed ?? example.yaml) + "\n")
    #expect(outcome.fixedTwice == outcome.fixed)
    if example.fixed != nil { #expect(outcome.codesLeft.isEmpty, "the fix leaves something to be fixed") }
    if !outcome.shown.isEmpty { #expect(outcome.shown.contains("[\(example.code)]")) }
  }

  @Test(arguments: RuleRegistry.builtinRules.map { $0.code.name })
  func `every rule shows what it finds`(_ code: String) {
    #expect(Self.examples.contains { $0.code == code && $0.diagnostics?.isEmpty == false })
  }

  @Test func `every rule is a file in the folder of its family, under its name`() throws {
    let folder = repositoryRoot.appending(path: "Sources/Lint/Rules")
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".swift")
    }
    let listed = RuleRegistry.builtinRules.map { "\($0.family.rawValue.capitalized)/\($0).swift" }
    #expect(files.sorted() == listed.sorted())
  }

  @Test(arguments: RuleRegistry.builtin.pages.map { $0.code.name })
  func `a type is named for its code`(_ code: String) throws {
    let page = try #require(RuleRegistry.builtin[code])
    let words = code.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }
    #expect("\(page)" == words.joined())
    #expect(page.summary.hasSuffix("."), "\(code) has no first sentence")
  }
}
