import Testing
import Values

@testable import Reports

@Suite struct `text with what cannot be seen` {
  let seen = VisibleText(showsSpace: true)
  let plain = VisibleText(showsSpace: false)

  @Test func `has signs for white space, and its line ends stay`() {
    #expect(seen("a b\tc\n") == "a·b→\tc⏎\n")
    #expect(plain("a b\tc\n") == "a b\tc\n")
  }

  @Test func `names what looks like a blank or like nothing`() {
    #expect(seen("a\u{A0}b\u{200B}c\u{FEFF}d\u{2003}e") == "a⟨NBSP⟩b⟨ZWSP⟩c⟨BOM⟩d⟨U+2003⟩e")
    #expect(plain("a\u{A0}b") == "a\u{A0}b")
  }

  @Test func `never reaches a terminal with its control characters`() {
    for code in (0..<0x20).filter({ $0 != 9 && $0 != 10 }) + Array(0x7F..<0xA0) {
      guard let scalar = Unicode.Scalar(UInt32(code)) else { continue }
      #expect(!plain("a\(scalar)b").unicodeScalars.contains(scalar), "U+\(String(code, radix: 16))")
      #expect(!seen("a\(scalar)b").unicodeScalars.contains(scalar), "U+\(String(code, radix: 16))")
    }
    #expect(plain("\u{1B}[31m\r\n\u{202E}") == "␛[31m␍\n⟨U+202E⟩")
  }
}

@Suite struct `the difference of two texts` {
  private typealias Run = LineDifference.Run

  @Test func `marks the words that changed and leaves the others`() {
    let difference = LineDifference(["one", "What is 1 + 2?", "end"], ["one", "What was 1 + 20?", "end"])
    #expect(!difference.isSame)
    #expect(
      difference.rows == [
        .both("one"),
        .change(
          old: [
            Run(text: "What ", isChanged: false), Run(text: "is", isChanged: true),
            Run(text: " 1 + ", isChanged: false), Run(text: "2", isChanged: true),
            Run(text: "?", isChanged: false),
          ],
          new: [
            Run(text: "What ", isChanged: false), Run(text: "was", isChanged: true),
            Run(text: " 1 + ", isChanged: false), Run(text: "20", isChanged: true),
            Run(text: "?", isChanged: false),
          ]), .both("end"),
      ])
  }

  @Test func `tells composed from decomposed letters`() {
    #expect(!LineDifference(["caf\u{E9}"], ["cafe\u{301}"]).isSame)
    #expect(LineDifference(["caf\u{E9}"], ["caf\u{E9}"]).isSame)
  }

  @Test func `gives both texts back whole`() {
    let words = ["a", "b", "a b", "", "c  d", "b"]
    for seed in 0..<200 {
      let old = (0..<(seed % 7)).map { words[($0 * seed + seed / 3) % words.count] }
      let new = (0..<(seed % 5)).map { words[($0 * 5 + seed) % words.count] }
      var before: [String] = []
      var after: [String] = []
      for row in LineDifference(old, new).rows {
        switch row {
        case .both(let line):
          before.append(line)
          after.append(line)
        case .change(let first, let second):
          if let first { before.append(first.map(\.text).joined()) }
          if let second { after.append(second.map(\.text).joined()) }
        }
      }
      #expect(before == old)
      #expect(after == new)
    }
  }
}
