import Diagnostics
import Foundation
import TestKit
import Testing
import Values
import YAML

/// A text and the `repr` of what PyYAML makes of it, from `Tools/yaml/expect.py`.
struct Loaded: CustomTestStringConvertible, Sendable {
  let name: String
  let repr: String
  var testDescription: String { name }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  static func all(_ file: String, _ key: String) -> [Loaded] {
    let path = folder.appending(path: "Fixtures/\(file).jsonl")
    let lines = ((try? String(contentsOf: path, encoding: .utf8)) ?? "").split(separator: "\n")
    return lines.compactMap { line in
      guard let map = (try? Value(json: String(line)))?.asMap else { return nil }
      return Loaded(name: map[key]?.text ?? "", repr: map["repr"]?.text ?? "")
    }
  }

  /// The bytes of a case.
  static func text(of name: String) throws -> String {
    try String(decoding: Data(contentsOf: folder.appending(path: "Cases/\(name)")), as: UTF8.self)
  }

  static let cases = all("cases", "case")
}

@Suite struct `what PyYAML reads` {
  @Test(arguments: Loaded.cases)
  func `a file gives the same values`(_ loaded: Loaded) throws {
    var findings = Findings()
    let source = Source(name: loaded.name, text: try Loaded.text(of: loaded.name))
    let tree = try #require(parseYAML(source, &findings))
    #expect(findings.all.isEmpty)
    #expect(tree.value.repr == loaded.repr)
  }

  @Test func `a plain scalar gives the same value`() {
    let scalars = Loaded.all("scalars", "text")
    #expect(scalars.count > 500)
    for scalar in scalars {
      let found = resolvePlainScalar(scalar.name)
      #expect(found.repr == scalar.repr, "\(scalar.name)")
    }
  }
}
