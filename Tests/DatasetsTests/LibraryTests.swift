import Datasets
import Diagnostics
import Foundation
import TestKit
import Testing
import Values
import YAML

/// What `Tools/datasets/expect.py` had the `datasets` library make of the fixtures.
struct Expected: CustomTestStringConvertible, Sendable {
  let name: String
  let reader: String?
  let arguments: OrderedMap
  /// Nil where the library fails.
  let splits: OrderedMap?

  var testDescription: String { name }

  static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  static let all: [Expected] = {
    let file = fixtures.appending(path: "expected.jsonl")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      guard let map = (try? Value(json: String(line)))?.asMap else { return nil }
      return Expected(
        name: map["case"]?.text ?? "", reader: map["reader"]?.asString,
        arguments: map["arguments"]?.asMap ?? OrderedMap(), splits: map["splits"]?.asMap)
    }
  }()

  /// The reference a task would make, from YAML, so that places are real.
  func reference(folder: String? = nil) -> (DatasetReference, Sources) {
    var sources = Sources()
    let path = reader ?? "."
    let yaml = "dataset_path: \(path)\ndataset_kwargs: \(Value.map(arguments).json())\n"
    let source = sources.add(name: "task.yaml", text: yaml)
    var findings = Findings()
    let tree = parseYAML(source, &findings)
    let span = tree?["dataset_path"]?.span ?? source.span
    let reference = DatasetReference(
      path: Located(path, at: span), arguments: tree?["dataset_kwargs"],
      taskFolder: folder ?? Self.fixtures.appending(path: name).path)
    return (reference, sources)
  }
}

@Suite struct `rows as the datasets library gives them` {
  /// Where this reader does better than the library, and what it does.
  static let tolerated: Set<String> = []

  @Test func `there are fixtures`() { #expect(Expected.all.count > 100) }

  @Test(arguments: Expected.all.filter { $0.splits != nil })
  func `what the library reads is read alike`(_ expected: Expected) throws {
    let (reference, sources) = expected.reference()
    let store = DatasetStore(mirrors: [], workingDirectory: Expected.fixtures.path)
    var findings = Findings()
    #expect(store.isAtHand(reference))
    let names = store.splits(of: reference, &findings) ?? []
    let wanted = try #require(expected.splits)
    for (split, content) in wanted {
      #expect(names.contains(split.text))
      let rows = store.rows(Located(split.text, at: reference.path.span), of: reference, &findings)
      #expect(rows?.columns == content.asMap?["columns"]?.asList?.map(\.text))
      let found = (rows?.rows ?? []).map { Value.map($0).repr }
      // Dates stand as Python would make them.
      let library = (content.asMap?["rows"]?.asList ?? []).map {
        $0.repr.replacing(/'(datetime\.datetime\([^)]*\))'/) { $0.1 }
      }
      #expect(found == library)
    }
    #expect(findings.all.isEmpty, "\(findings.all.map { $0.terminal(in: sources) }.joined())")
  }

  @Test(arguments: Expected.all.filter { $0.splits == nil && !tolerated.contains($0.name) })
  func `what the library refuses is refused with a place, a cause and a cure`(_ expected: Expected) {
    let (reference, sources) = expected.reference()
    let store = DatasetStore(
      mirrors: [], workingDirectory: Expected.fixtures.appending(path: expected.name).path)
    var findings = Findings()
    let rows = store.rows(Located("train", at: reference.path.span), of: reference, &findings)
    #expect(rows == nil)
    #expect(findings.hasErrors)
    golden(
      findings.sorted.map { $0.terminal(in: sources) }.joined(separator: "\n"), "refused/\(expected.name)")
  }
}
