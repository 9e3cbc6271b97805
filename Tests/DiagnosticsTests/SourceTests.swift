import Diagnostics
import TestKit
import Testing

@Suite struct `texts and places` {
  @Test func `lines and columns are counted as people count`() {
    let source = Source(name: "t", text: "ab\ncafe\u{301}x\r\n\n日x")
    #expect(source.position(of: 0) == (1, 1))
    #expect(source.position(of: 3) == (2, 1))
    #expect(source.position(of: 9) == (2, 5))
    #expect(source.position(of: 12) == (3, 1))
    #expect(source.position(of: 16) == (4, 2))
    #expect(source.position(of: 999) == (4, 3))
    #expect((1...5).map { String(source.line($0)) } == ["ab", "cafe\u{301}x", "", "日x", ""])
  }

  @Test func `a place inside a text maps through its runs`() {
    // `it''s` in quotes at 10: the text is `it's`.
    let text = EmbeddedText(
      "it's", at: SourceSpan(source: SourceID(index: 0), start: 10, end: 17),
      runs: [.init(inner: 0, outer: 11), .init(inner: 3, outer: 15)])
    #expect(text.span(0..<2).start == 11)
    #expect(text.span(3..<4) == SourceSpan(source: SourceID(index: 0), start: 15, end: 16))
    #expect(text.span(0..<4).end == 16)
    #expect(text.span(4..<4).start == 16)
    #expect(text.span(0..<99).end == 17)
  }

  @Test func `findings are sorted by place and told once`() {
    var findings = Findings()
    func span(_ start: UInt32, _ source: UInt32 = 0) -> SourceSpan {
      SourceSpan(source: SourceID(index: source), start: start, end: start + 1)
    }
    for place in [span(5), span(1), span(3, 1), span(5)] { findings.add(.error("b-code", "x", at: place)) }
    findings.add(.warning("a-code", "y", at: span(5)))
    #expect(
      findings.sorted.map { "\($0.code.name) \($0.span.source.index):\($0.span.start)" }
        == ["b-code 0:1", "a-code 0:5", "b-code 0:5", "b-code 1:3"])
  }

  @Test(arguments: [
    ("regx", "regex"), ("taek_first", "take_first"), ("lowercse", "lowercase"), ("tset", nil), ("", nil),
    ("zzz", nil),
    ("Regex", "regex"), ("lowercas", "lowercase"),
  ])
  func `a near name is found and a far one is not`(_ typo: String, _ wanted: String?) {
    #expect(["regex", "take_first", "lowercase", "uppercase"].nearest(to: typo) == wanted)
  }
}
