import Foundation
import Patterns
import TestKit
import Testing
import Values

/// One line of `Conformance/re.jsonl`, made by `Tools/patterns/expect.py`.
struct Row: CustomStringConvertible {
  let fields: OrderedMap
  var pattern: String { fields["pattern"]?.asString ?? "" }
  var text: String { fields["text"]?.asString ?? "" }
  var description: String { fields.map { "\($0.repr): \($1.repr)" }.joined(separator: ", ") }

  static let all: [Row] = {
    let file = repositoryRoot.appending(path: "Tests/PatternsTests/Conformance/re.jsonl")
    let lines = (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n") ?? []
    return lines.compactMap { try? Value(json: String($0)).asMap }.map(Row.init)
  }()

  static func with(_ key: String) -> [Row] { all.filter { $0.fields[key] != nil } }
}

extension FindAll {
  var value: Value {
    switch self {
    case .whole(let it): .list(it.map(Value.string))
    case .groups(let it): .list(it.map { .list($0.map(Value.string)) })
    }
  }
}

@Suite struct `patterns do what Python's re does` {
  @Test func `the table is there`() { #expect(Row.all.count > 2_000) }

  @Test func `the same is found, split and replaced`() throws {
    for row in Row.with("find") {
      let pattern: Pattern
      do { pattern = try Pattern(row.pattern) } catch {
        Issue.record("refused: \(row) \(error)")
        continue
      }
      #expect(try pattern.findAll(in: row.text).value == row.fields["find"], "\(row)")
      let spans = try pattern.matches(in: row.text).map { match in
        Value.list(match.ranges.map { $0.map { [.int($0.lowerBound), .int($0.upperBound)] } ?? .null })
      }
      #expect(.list(spans) == row.fields["spans"], "\(row)")
      let first = try pattern.firstMatch(in: row.text)
      #expect(try first == pattern.matches(in: row.text).first, "\(row)")
      let split = try pattern.split(row.text).map { $0.map(Value.string) ?? .null }
      #expect(.list(split) == row.fields["split"], "\(row)")
      #expect(try .string(pattern.replacing(in: row.text, with: "<\\g<0>>")) == row.fields["sub"], "\(row)")
    }
  }

  @Test func `the same is refused, at the same place`() {
    for row in Row.with("error") where row.fields["template"] == nil {
      do {
        _ = try Pattern(row.pattern)
        Issue.record("accepted: \(row)")
      } catch {
        if let place = row.fields["error"]?.asInt { #expect(error.offset == place, "\(row) \(error)") }
      }
    }
  }

  @Test func `replacements are read the same way`() throws {
    for row in Row.with("template") {
      let pattern = try Pattern(row.pattern)
      let template = row.fields["template"]?.asString ?? ""
      let count = row.fields["count"]?.asInt ?? 0
      do {
        let replaced = try pattern.replacing(in: row.text, with: template, count: count)
        #expect(.string(replaced) == row.fields["replaced"], "\(row)")
      } catch {
        #expect(row.fields["replaced"] == nil, "\(row) \(error)")
        if let place = row.fields["error"]?.asInt { #expect(error.offset == place, "\(row) \(error)") }
      }
    }
  }

  @Test func `texts are escaped the same way`() {
    for row in Row.with("escape") { #expect(.string(Pattern.escape(row.text)) == row.fields["escape"]) }
  }
}
