import Diagnostics
import TestKit
import Testing

@Suite struct `what a person sees in a terminal` {
  private struct Scene {
    var sources = Sources()
    let source: Source
    let other: Source

    init(_ text: String) {
      source = sources.add(name: "task.yaml", text: text)
      other = sources.add(name: "folder/base.yaml", text: "first: 1\nsecond: {{ x }}\n")
    }

    /// The place of a part of the text.
    func place(_ part: String, in source: Source? = nil) -> SourceSpan {
      let source = source ?? self.source
      let bytes = Array(source.text.utf8)
      let wanted = Array(part.utf8)
      let start = (0..<bytes.count).first { bytes[$0...].starts(with: wanted) } ?? 0
      return SourceSpan(source: source.id, start: UInt32(start), end: UInt32(start + wanted.count))
    }
  }

  private func show(
    _ text: String, at part: String, _ name: String, _ change: (inout Diagnostic) -> Void = { _ in }
  ) {
    let scene = Scene(text)
    var diagnostic = Diagnostic.error("some-code", "no thing is named `x`", at: scene.place(part))
    change(&diagnostic)
    golden(diagnostic.terminal(in: scene.sources), name)
  }

  @Test func `a word in a line`() { show("a: 1\nb: regx\nc: 3\n", at: "regx", "word") }
  @Test func `the first line and the last without its end`() {
    show("regx: 1", at: "regx", "first-line")
    show("a: 1\nregx", at: "regx", "last-line")
  }
  @Test func `tabs before the place`() { show("a:\t\tb\tregx\n", at: "regx", "tabs") }
  @Test func `wide characters before the place and in it`() {
    show("日本語: 😀 regx\n", at: "regx", "wide-before")
    show("a: 日本 x\n", at: "日本", "wide-inside")
  }
  @Test func `letters made of several code points`() {
    show("cafe\u{301}: e\u{301}e\u{301} regx\n", at: "regx", "combining")
    show("a: 👩‍👩‍👧 regx\n", at: "regx", "joined")
  }
  @Test func `lines that end in a carriage return`() {
    show("a: 1\r\nb: regx\r\nc: 3\r\n", at: "regx", "crlf")
  }
  @Test func `a place over several lines`() {
    show("a: |\n  one\n  two\nb: 1\n", at: "|\n  one\n  two", "lines")
  }
  @Test func `a place of no width, at the very end too`() {
    show("a: 1\n", at: "", "no-width")
    let scene = Scene("a: 1\n")
    let end = SourceSpan(source: scene.source.id, start: 5, end: 5)
    golden(Diagnostic.warning("some-code", "it ends here", at: end).terminal(in: scene.sources), "end")
  }
  @Test func `an empty text`() { show("", at: "", "empty") }
  @Test func `line numbers of several digits`() {
    show(String(repeating: "x: 1\n", count: 120) + "b: regx\n", at: "regx", "hundreds") {
      $0.labels = [
        Diagnostic.Label("first given here", at: SourceSpan(source: $0.span.source, start: 0, end: 1))
      ]
      $0.help = "did you mean `regex`?"
    }
  }
  @Test func `labels, help and fix`() {
    let scene = Scene("a: regx\nb: regx\n")
    var diagnostic = Diagnostic.error("some-code", "no filter is named `regx`", at: scene.place("regx"))
    diagnostic.labels = [
      Diagnostic.Label("and here", at: scene.place("b")),
      Diagnostic.Label("included from here", at: scene.place("second", in: scene.other)),
    ]
    diagnostic.help = "did you mean `regex`?"
    diagnostic.fix = .replace(diagnostic.span, with: "regex")
    golden(diagnostic.terminal(in: scene.sources), "everything")
    golden(diagnostic.terminal(in: scene.sources, .colours), "everything-in-colour")
  }
  @Test func `a place in a text that is not known`() {
    let span = SourceSpan(source: SourceID(index: 9), start: 3, end: 4)
    var diagnostic = Diagnostic(.init(stringLiteral: "some-code"), .note, "something", at: span)
    diagnostic.help = "do something"
    golden(diagnostic.terminal(in: Sources()), "nowhere")
  }

  @Test func `a place beyond the text does not crash`() {
    let scene = Scene("a: 1\n")
    let span = SourceSpan(source: scene.source.id, start: 90, end: 99)
    #expect(Diagnostic.error("some-code", "beyond", at: span).terminal(in: scene.sources).contains("beyond"))
  }
}
