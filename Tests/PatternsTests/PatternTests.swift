import Diagnostics
import Patterns
import Testing

@Suite struct `patterns hold out` {
  @Test func `a pattern cut at every character compiles or is refused`() {
    for pattern in Set(Row.all.map(\.pattern)) {
      let scalars = Array(pattern.unicodeScalars)
      for cut in scalars.indices {
        var piece = String.UnicodeScalarView()
        piece.append(contentsOf: scalars[..<cut])
        check(String(piece))
        // A name that is not there is searched for among all characters, which takes its time.
        if pattern.contains("\\N{") { continue }
        var without = scalars
        without.remove(at: cut)
        var rest = String.UnicodeScalarView()
        rest.append(contentsOf: without)
        check(String(rest))
      }
    }
  }

  private func check(_ pattern: String) {
    do { _ = try Pattern(pattern).firstMatch(in: "aab é 1\n") } catch {
      #expect((0...pattern.utf8.count).contains(error.offset), "\(pattern)")
      #expect(!error.message.isEmpty)
    }
  }

  @Test(arguments: [
    String(repeating: "(", count: 100_000), String(repeating: "(?(1)", count: 100_000),
    String(repeating: "(?:", count: 250) + String(repeating: ")", count: 250),
    String(repeating: "(?=", count: 5_000), String(repeating: "a|", count: 100_000),
    String(repeating: "[", count: 100_000), "(?:a{1000}){1000}",
  ])
  func `no pattern is too much`(_ pattern: String) { check(pattern) }

  @Test func `endless backtracking is given up, and said`() throws {
    let pattern = try Pattern("(a+)+$")
    let text = String(repeating: "a", count: 40) + "b"
    #expect(throws: PatternError.self) { try pattern.matches(in: text) }
    #expect(throws: PatternError.self) { try pattern.findAll(in: text) }
    #expect(throws: PatternError.self) { try pattern.replacing(in: text, with: "") }
    #expect(throws: PatternError.self) { try pattern.split(text) }
  }

  @Test func `long texts need no deep stack`() throws {
    let text = String(repeating: "ab", count: 200_000)
    #expect(try Pattern("(?:a|b)*").firstMatch(in: text)?.range == 0..<400_000)
    #expect(try Pattern("(a|b)*").firstMatch(in: text)?.ranges[1] == 399_999..<400_000)
    #expect(try Pattern("(?s)(.*?)x").firstMatch(in: text) == nil)
  }

  @Test func `one pattern serves many threads`() async throws {
    let pattern = try Pattern(#"(\w+)@(\w+)"#)
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<16 {
        group.addTask { try pattern.matches(in: String(repeating: "me@here ", count: 500)).count }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == Array(repeating: 500, count: 16))
  }

  @Test func `texts are compared by code points`() throws {
    #expect(try Pattern("e").matches(in: "e\u{301} é").count == 1)
    #expect(try Pattern("\r").matches(in: "\r\n").map(\.range) == [0..<1])
  }
}

@Suite struct `patterns in task files` {
  @Test func `a mistake is found with its place`() {
    var sources = Sources()
    let source = sources.add(name: "task.yaml", text: #"regex_pattern: "(\\d+ \\h""#)
    // As the YAML reader hands it over: the escapes of the quotes are gone.
    let text = EmbeddedText(
      #"(\d+ \h"#, at: SourceSpan(source: source.id, start: 15, end: 25),
      runs: [.init(inner: 0, outer: 16), .init(inner: 2, outer: 19), .init(inner: 6, outer: 24)])
    var findings = Findings()
    #expect(Pattern(text, &findings) == nil)
    #expect(
      findings.all.map { $0.terminal(in: sources) } == [
        #"""
        error[bad-regex]: the regular expression cannot be used: `\h` means nothing in this dialect
         --> task.yaml:1:23
          |
        1 | regex_pattern: "(\\d+ \\h"
          |                       ^
          = help: patterns are those of Python's `re`

        """#
      ])
  }
}

@Suite struct `raw patterns` {
  @Test func `they keep PCRE2's syntax`() throws {
    let pattern = try Pattern(
      raw: #"(?i:'s|'t)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++|\s++"#)
    var pieces: [Range<Int>] = []
    let bytes = Array("It's née 1234!".utf8)
    try bytes.withUnsafeBufferPointer { try pattern.forEachMatch(in: $0) { pieces.append($0) } }
    #expect(pieces == [0..<2, 2..<4, 4..<9, 9..<10, 10..<13, 13..<14, 14..<15])
    var again: [Range<Int>] = []
    try pattern.forEachMatch(in: "It's née 1234!") { again.append($0) }
    #expect(again == pieces)
  }

  @Test func `bytes that are not a text are refused`() throws {
    let pattern = try Pattern(raw: ".")
    #expect(throws: PatternError.self) {
      try [0xFF, 0x41].withUnsafeBufferPointer { try pattern.forEachMatch(in: $0) { _ in } }
    }
  }

  @Test func `a mistake has its place`() {
    #expect(throws: PatternError.self) { try Pattern(raw: "a(b") }
  }
}
