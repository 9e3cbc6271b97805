import Diagnostics
import TestKit
import Testing
import Values
import YAML

extension Node {
  /// Every scalar in the tree, keys left out.
  var scalars: [Scalar] {
    switch content {
    case .scalar(let it): [it]
    case .sequence(let items): items.flatMap(\.scalars)
    case .mapping(let entries): entries.flatMap(\.value.scalars)
    }
  }

  var spans: [SourceSpan] {
    switch content {
    case .scalar(let it): [span, it.text.span]
    case .sequence(let items): [span] + items.flatMap(\.spans)
    case .mapping(let entries): [span] + entries.flatMap { [$0.key.span] + $0.value.spans }
    }
  }
}

@Suite struct `places in YAML` {
  private func parsed(_ text: String) throws -> (Source, Node) {
    var findings = Findings()
    let source = Source(name: "case.yaml", text: text)
    let tree = try #require(parseYAML(source, &findings))
    return (source, tree)
  }

  @Test(arguments: Loaded.cases)
  func `a plain scalar on one line stands where its place says`(_ loaded: Loaded) throws {
    let (source, tree) = try parsed(Loaded.text(of: loaded.name))
    for scalar in tree.scalars where scalar.style == .plain {
      let there = source.slice(Int(scalar.text.span.start), Int(scalar.text.span.end))
      if there.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) { continue }
      #expect(sameBytes(there, scalar.text.text))
    }
  }

  @Test(arguments: Loaded.cases)
  func `each byte of a scalar is found in the file`(_ loaded: Loaded) throws {
    let (source, tree) = try parsed(Loaded.text(of: loaded.name))
    let file = Array(source.text.utf8)
    for scalar in tree.scalars {
      let bytes = Array(scalar.text.text.utf8)
      var last: UInt32 = 0
      for index in bytes.indices {
        let place = scalar.text.span(index..<(index + 1))
        #expect(place.start >= last, "\(scalar.text.text) at \(index)")
        last = place.start
        let there = Int(place.start) < file.count ? file[Int(place.start)] : 0
        let isFold = bytes[index] == 0x20 || bytes[index] == 0x0A
        let isEscape = scalar.style == .doubleQuoted && (there == 0x5C || isInEscape(file, Int(place.start)))
        #expect(
          there == bytes[index] || isEscape || (isFold && [0x20, 0x0A, 0x0D, 0x09].contains(there)),
          "byte \(index) of \(scalar.text.text) is at \(place.start)")
      }
    }
  }

  /// Whether an escape of a character of several bytes began at most three bytes before.
  private func isInEscape(_ file: [UInt8], _ at: Int) -> Bool { file[max(0, at - 3)..<at].contains(0x5C) }

  @Test(arguments: [
    ("a: \"x {{ y }}\"", "{{ y }}", "{{ y }}"), ("a: 'it''s {{ y }}'", "{{ y }}", "{{ y }}"),
    ("a: \"tab\\t{{ y }}\"", "{{ y }}", "{{ y }}"),
    ("a: \"\\u00e9\\U0001F600{{ y }}\"", "{{ y }}", "{{ y }}"),
    ("a: |\n  one\n  {{ y }} two\n", "{{ y }}", "{{ y }}"),
    ("a: >\n  one\n  {{ y }} two\n", "{{ y }}", "{{ y }}"),
    ("a: one\n  {{ y }} two\n", "{{ y }}", "{{ y }}"), ("a: \"one\n  {{ y }} two\"\n", "{{ y }}", "{{ y }}"),
    ("a: |\r\n  日本\r\n  {{ y }}\r\n", "{{ y }}", "{{ y }}"),
    ("a: \"x\\\n   {{ y }}\"\n", "{{ y }}", "{{ y }}"),
    ("a: >\n\n\n  one\n\n   more\n  {{ y }}\n", "{{ y }}", "{{ y }}"),
    ("a: !t \"日 {{ y }}\"", "{{ y }}", "{{ y }}"),
    ("a: \"line\\nnext {{ y }}\"", "e\nn", "e\\nn"), ("a: \"x\\ty\"", "\t", "\\t"),
    ("a: &b \"q {{ y }}\"", "{{ y }}", "{{ y }}"),
  ])
  func `a part of a scalar is found again`(_ yaml: String, _ part: String, _ inFile: String) throws {
    let (source, tree) = try parsed(yaml)
    let text = try #require(tree["a"]?.text)
    let bytes = Array(text.text.utf8)
    let wanted = Array(part.utf8)
    let start = try #require((0...(bytes.count - wanted.count)).first { bytes[$0...].starts(with: wanted) })
    let place = text.span(start..<(start + wanted.count))
    let there = source.slice(Int(place.start), Int(place.end))
    // The last byte of an escape is not in the place of its character, which is where it begins.
    #expect(inFile.hasPrefix(there) || sameBytes(there, inFile), "\(there)")
    #expect(there.first == inFile.first)
  }

  @Test func `a key knows its place`() throws {
    let (source, tree) = try parsed("日本: {\"é x\": 1}\n? q\n: 2\n")
    let outer = try #require(tree.entries)
    #expect(outer.map { String(source.slice(Int($0.key.span.start), Int($0.key.span.end))) } == ["日本", "q"])
    let inner = try #require(outer[0].value.entries?.first)
    #expect(source.slice(Int(inner.key.span.start), Int(inner.key.span.end)) == "\"é x\"")
    #expect(source.slice(Int(outer[0].value.span.start), Int(outer[0].value.span.end)) == "{\"é x\": 1}")
  }

  @Test func `a tag knows its place and leaves the scalar its own`() throws {
    let (source, tree) = try parsed("a: !function utils.f\n")
    let node = try #require(tree["a"])
    #expect(node.tag?.value == "!function")
    let tag = try #require(node.tag?.span)
    #expect(source.slice(Int(tag.start), Int(tag.end)) == "!function")
    #expect(source.slice(Int(node.span.start), Int(node.span.end)) == "utils.f")
  }
}
